import { useLingui } from '@lingui/react/macro';
import { rove } from '../../../ui/roving.ts';
import { useDueTasks } from '../hooks.ts';
import { TaskGroup } from './task-group.tsx';

/** My open tasks of a workspace that are due today or overdue. */
export function DueTasks({ workspaceId }: { workspaceId: string }) {
  const { t } = useLingui();
  const { before, today } = useDueTasks(workspaceId);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move between the rows inside
    <div onKeyDown={rove}>
      {today.length > 0 && <TaskGroup title={t`Due today`} tasks={today} isLate={false} isFirst />}
      {before.length > 0 && <TaskGroup title={t`From before`} tasks={before} isLate isFirst={today.length === 0} />}
    </div>
  );
}
