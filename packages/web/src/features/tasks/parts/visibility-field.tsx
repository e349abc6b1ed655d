import type { TaskState } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useLive } from '../../../live/use-live.ts';
import { Confirm } from '../../../ui/dialog/confirm.tsx';
import { Select } from '../../../ui/field/text-field.tsx';
import { changeTask } from '../commands.ts';
import { useLeaveTask } from '../hooks.ts';

/** Who sees a task, for those who may decide it. Asks first if the person would no longer see it themselves. */
export function VisibilityField({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const leave = useLeaveTask(task);
  const myId = useLive(({ me }) => me?.id);
  const [isAsking, setAsking] = useState(false);
  const hasMembers = task.memberIds.length > 0;
  const isMember = myId !== undefined && task.memberIds.includes(myId);
  const choose = (visibility: TaskState['visibility']) => {
    if (visibility === 'members' && !isMember) setAsking(true);
    else void changeTask(task, { visibility });
  };
  const hide = async () => {
    setAsking(false);
    if (await changeTask(task, { visibility: 'members' })) leave();
  };
  return (
    <>
      <Select
        hideLabel
        label={t`Visible to`}
        hint={hasMembers || task.visibility === 'members' ? undefined : t`For “Members only”, add a member first.`}
        value={task.visibility}
        onChange={({ target }) => choose(target.value as TaskState['visibility'])}
      >
        <option value="workspace">{t`Workspace`}</option>
        <option value="members" disabled={!hasMembers}>
          {t`Members only`}
        </option>
      </Select>
      <Confirm
        open={isAsking}
        title={t`Hide this task from yourself?`}
        action={t`Hide it`}
        onConfirm={() => void hide()}
        onClose={() => setAsking(false)}
      >
        <Trans>You are not a member of this task, and only its members will see it.</Trans>
      </Confirm>
    </>
  );
}
