import type { TaskState } from '@atrium/protocol';
import { Trans, useLingui } from '@lingui/react/macro';
import { List, Section } from '../../../ui/layout/pane.tsx';
import { rove } from '../../../ui/roving.ts';
import { useSubtasks } from '../hooks.ts';
import { QuickAdd } from './quick-add.tsx';
import { TaskRow } from './task-row.tsx';
import styles from './tasks.module.css';

/** The sub-tasks of a task, with the number of completed ones. */
export function Subtasks({ task }: { task: TaskState }) {
  const { t } = useLingui();
  const subtasks = useSubtasks(task.id) ?? [];
  const { done, total } = task.subtasks;
  if (total === 0 && !task.can.update) return null;
  return (
    <Section
      title={
        <>
          <Trans>Sub-tasks</Trans>{' '}
          {total > 0 && (
            <span className={styles.number}>
              {done}/{total}
            </span>
          )}
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys move between the rows inside */}
      <div onKeyDown={rove}>
        {subtasks.length > 0 && (
          <List label={t`Sub-tasks`}>
            {subtasks.map((each, at) => (
              <TaskRow key={each.id} task={each} isFirst={at === 0} />
            ))}
          </List>
        )}
      </div>
      {task.can.update && <QuickAdd workspaceId={task.workspaceId} parentId={task.id} label={t`Add a sub-task`} />}
    </Section>
  );
}
