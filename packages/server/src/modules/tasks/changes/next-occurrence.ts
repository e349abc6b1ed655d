import { newId } from '../../../platform/new-id.ts';
import { rankBehind } from '../board/board-ranks.ts';
import { nextDue } from '../recurrence/occurrence.ts';

import type { FullTask } from '../rows/tables.ts';
import { updateTask } from '../rows/task-store.ts';
import { addTask, type Creating } from './add-task.ts';

/**
 * Creates the next occurrence of a task that was just completed, once: a task that is reopened and completed again
 * keeps its next occurrence. The caller has locked the ranks.
 * @returns undefined if the task does not recur, or has its next occurrence already
 */
export async function planNext(context: Creating, task: FullTask): Promise<FullTask | undefined> {
  const { recurrence_rule: rule, recurrence_from: from, recurrence_zone: zone, recurrence_start: start } = task;
  if (rule === null || from === null || zone === null || start === null || task.next_id !== null) return undefined;
  const { tx, now } = context;
  const series = { rule, from, zone, start, occurrence: task.occurrence };
  const due = nextDue(series, { at: task.due_at, on: task.due_on }, task.completed_at ?? now);
  if (due === undefined) return undefined;
  const rank = await rankBehind(tx, task);
  const { member_ids, label_ids, subtasks_done: _, subtasks_total: __, ...row } = task;
  const next = {
    ...row,
    id: newId(),
    status: 'todo' as const,
    due_at: due.at,
    due_on: due.on,
    rank,
    occurrence: task.occurrence + 1,
    next_id: null,
    comment_count: 0,
    created_at: now,
    updated_at: now,
    completed_at: null,
    completed_by: null,
    version: 1,
  };
  await updateTask(tx, task.id, { next_id: next.id });
  return addTask(context, next, member_ids, label_ids);
}
