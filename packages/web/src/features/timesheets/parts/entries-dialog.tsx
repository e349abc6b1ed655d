import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useFormats } from '../../../i18n/formats.ts';
import { problemText } from '../../../i18n/problems.ts';
import { useLive } from '../../../live/use-live.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Dialog } from '../../../ui/dialog/dialog.tsx';
import { ErrorState } from '../../../ui/feedback/error-state.tsx';
import { Skeleton } from '../../../ui/feedback/skeleton.tsx';
import { Chip } from '../../../ui/text/chip.tsx';
import { hoursOf } from '../../timers/index.ts';
import { useDayEntries } from '../hooks.ts';
import { sum } from '../model.ts';
import { CorrectForm } from './correct-form.tsx';
import styles from './time.module.css';

export interface EntriesDialogProps {
  workspaceId: string;
  task: { taskId: string; title: string };
  day: string;
  userId: string | undefined;
  onClose: () => void;
}

type DayEntry = NonNullable<ReturnType<typeof useDayEntries>['entries']>[number];

/** The entries of a task on a day: from when to when, why, and what was corrected by whom. */
export function EntriesDialog({ workspaceId, task, day, userId, onClose }: EntriesDialogProps) {
  const { t } = useLingui();
  const { weekday } = useFormats();
  const { entries, error, retry } = useDayEntries(task.taskId, day, userId);
  return (
    <Dialog open onClose={onClose} size="m" title={task.title} description={weekday(day)}>
      {entries ? (
        <ul className={styles.entries}>
          {entries.map((each) => (
            <Entry key={each.entry.id} workspaceId={workspaceId} {...each} />
          ))}
          {entries.length === 0 && (
            <li className={styles.note}>
              <Trans>The time of this day belongs to an entry that began before it.</Trans>
            </li>
          )}
        </ul>
      ) : error ? (
        <ErrorState title={t`The entries could not be loaded`} onRetry={() => void retry()}>
          {problemText(error)}
        </ErrorState>
      ) : (
        <Skeleton rows={3} />
      )}
    </Dialog>
  );
}

function Entry({ workspaceId, entry, corrections }: DayEntry & { workspaceId: string }) {
  const { t } = useLingui();
  const { time } = useFormats();
  const [isOpen, setOpen] = useState(false);
  const members = useLive(({ workspaces }) => workspaces[workspaceId]?.members);
  const nameOf = (id: string) => members?.[id]?.user.name ?? t`Somebody`;
  const left =
    entry.durationMs === null ? undefined : entry.durationMs + sum(corrections.map((each) => each.durationMs ?? 0));
  const span = `${time(entry.startedAt)} – ${entry.stoppedAt === null ? t`now` : time(entry.stoppedAt)}`;
  return (
    <li className={styles.entry}>
      <div className={styles.entryLine}>
        <span>{span}</span>
        <span className={styles.by}>
          <bdi>{nameOf(entry.userId)}</bdi>
        </span>
        {entry.kind === 'manual' && <Chip>{t`By hand`}</Chip>}
        {entry.overlaps && <Chip>{t`Overlaps`}</Chip>}
        <strong className={styles.dayTime}>{left === undefined ? t`Running` : hoursOf(left)}</strong>
        {entry.can.correct && left !== undefined && !isOpen && (
          <Button size={28} onClick={() => setOpen(true)} aria-label={t`Correct: ${span}`}>
            <Trans>Correct…</Trans>
          </Button>
        )}
      </div>
      {entry.note !== '' && (
        <p className={styles.note} dir="auto">
          {entry.note}
        </p>
      )}
      {entry.reason !== null && <Reason name={nameOf(entry.authorId)} reason={entry.reason} />}
      {corrections.map(({ id, durationMs, authorId, reason }) => (
        <Reason
          key={id}
          name={nameOf(authorId)}
          reason={reason ?? ''}
          change={`${(durationMs ?? 0) > 0 ? '+' : ''}${hoursOf(durationMs ?? 0)}`}
        />
      ))}
      {isOpen && left !== undefined && <CorrectForm entryId={entry.id} ms={left} onDone={() => setOpen(false)} />}
    </li>
  );
}

function Reason({ name, reason, change }: { name: string; reason: string; change?: string }) {
  return (
    <p className={styles.note} dir="auto">
      {change && <strong className={styles.change}>{change}</strong>}
      <bdi>{name}</bdi>: {reason}
    </p>
  );
}
