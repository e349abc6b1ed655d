import type { Listeners } from '../../../platform/module/index.ts';
import type { FullTask } from '../../tasks/index.ts';
import { planDue, replanDue, withdrawDue } from './plan.ts';

/** Whether a change moves the notifications about a due date. */
function movesDue(before: FullTask, after: FullTask): boolean {
  const isClosed = ({ status, deleted_at }: FullTask) => status === 'completed' || deleted_at !== null;
  return before.due_at?.getTime() !== after.due_at?.getTime() || isClosed(before) !== isClosed(after);
}

const idsOf = (tasks: readonly FullTask[]) => tasks.map(({ id }) => id);

/** How changes of tasks affect notifications about due dates. */
export const dueListeners = {
  'task:assigned': (work, { task, userIds }) => planDue(work, task, userIds),
  async 'task:changed'(work, { changes }) {
    for (const { before, after } of changes) {
      if (before !== undefined && after !== undefined && movesDue(before, after)) await replanDue(work, after);
    }
  },
  'task:memberRemoved': (work, { task, userId }) => withdrawDue(work, [task.id], 'no_access', userId),
  'task:trashed': (work, { tasks }) => withdrawDue(work, idsOf(tasks), 'deleted'),
  'task:removing': (work, { taskIds }) => withdrawDue(work, taskIds, 'deleted'),
} satisfies Listeners;
