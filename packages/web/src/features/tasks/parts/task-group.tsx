import type { TaskState } from '@atrium/protocol';
import { Trans } from '@lingui/react/macro';
import { Button } from '../../../ui/button/button.tsx';
import { List, Section } from '../../../ui/layout/pane.tsx';
import { TaskTimer } from '../../timers/index.ts';
import { changeTask } from '../commands.ts';
import { useDays } from '../hooks.ts';
import { TaskRow } from './task-row.tsx';
import styles from './tasks.module.css';

/** Tasks under one heading. Overdue ones can all be moved to today. */
export function TaskGroup({
  title,
  tasks,
  isLate,
  isFirst,
}: {
  title: string;
  tasks: readonly TaskState[];
  isLate: boolean;
  isFirst: boolean;
}) {
  const { today } = useDays();
  const moveAll = () => {
    for (const task of tasks) if (task.can.update) void changeTask(task, { dueOn: today, dueAt: null });
  };
  return (
    <Section
      title={
        <>
          {title} <span className={styles.number}>{tasks.length}</span>
        </>
      }
      action={
        isLate && (
          <Button variant="plain" size={28} onClick={moveAll}>
            <Trans>Move all to today</Trans>
          </Button>
        )
      }
    >
      <List label={title}>
        {tasks.map((task, at) => (
          <TaskRow key={task.id} task={task} isFirst={isFirst && at === 0} timer={<TaskTimer task={task} />} />
        ))}
      </List>
    </Section>
  );
}
