import type { TaskState } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button, IconButton } from '../../../ui/button/button.tsx';
import { PlayIcon, StopIcon } from '../../../ui/icons.ts';
import { startTimer, stopTimer } from '../commands.ts';
import { useMyTimer } from '../hooks.ts';

interface TimerButtonProps {
  task: Pick<TaskState, 'id' | 'title' | 'timer' | 'can'>;
  /** With a word on it, where there is room. */
  wide?: boolean;
}

/** Starts my timer on a task, or stops it. Busy until the server has said so. */
export function TimerButton({ task, wide }: TimerButtonProps) {
  const { t } = useLingui();
  const mine = useMyTimer(task);
  const [busy, setBusy] = useState(false);
  if (!task.can.track && !mine) return null;
  const press = async () => {
    setBusy(true);
    await (mine ? stopTimer(task) : startTimer(task));
    setBusy(false);
  };
  if (wide) {
    return (
      <Button
        variant={mine ? 'ember' : 'quiet'}
        size={40}
        icon={mine ? StopIcon : PlayIcon}
        busy={busy}
        onClick={() => void press()}
      >
        {mine ? <Trans>Stop mine</Trans> : <Trans>Start timer</Trans>}
      </Button>
    );
  }
  return (
    <IconButton
      size={28}
      variant={mine ? 'ember' : 'plain'}
      icon={mine ? StopIcon : PlayIcon}
      label={mine ? t`Stop my timer: ${task.title}` : t`Start my timer: ${task.title}`}
      busy={busy}
      onClick={() => void press()}
    />
  );
}
