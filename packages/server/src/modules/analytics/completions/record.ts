import type { Transaction } from '../../../platform/database/index.ts';
import { localDay } from '../../../platform/days/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { meOf } from '../../identity/index.ts';
import type { FullTask } from '../../tasks/index.ts';
import { completedByDay } from './by-day.ts';
import { addToDay, lockCalendar, replaceDays, saveCalendar, takeFromDay } from './day-store.ts';
import { insertCompletion, undoCompletion } from './log-store.ts';

/** Counts all days of somebody anew. */
async function recount(tx: Transaction, userId: string, timeZone: string, now: Date): Promise<void> {
  await saveCalendar(tx, userId, timeZone);
  await replaceDays(tx, userId, await completedByDay(tx, userId, timeZone, now));
}

/** Writes down that a task, which is locked, became completed. */
export async function recordCompletion({ tx, now }: Pick<Work, 'tx' | 'now'>, task: FullTask): Promise<void> {
  const { completed_at: at, completed_by: userId } = task;
  if (at === null || userId === null) return;
  await insertCompletion(tx, {
    id: newId(),
    task_id: task.id,
    account_id: userId,
    workspace_id: task.workspace_id,
    task_created_at: task.created_at,
    completed_at: at,
  });
  const { timezone } = await meOf(tx, userId);
  // Days that were counted in another time zone are of no use any more.
  if ((await lockCalendar(tx, userId)) === timezone) await addToDay(tx, userId, localDay(at, timezone));
  else await recount(tx, userId, timezone, now);
}

/** Writes down that a task, which is locked, is open again. */
export async function takeBackCompletion({ tx, now }: Pick<Work, 'tx' | 'now'>, taskId: string): Promise<void> {
  const undone = await undoCompletion(tx, taskId, now);
  if (undone === undefined) return;
  const timeZone = await lockCalendar(tx, undone.account_id);
  // Without a calendar, nothing is counted yet.
  if (timeZone !== undefined) await takeFromDay(tx, undone.account_id, localDay(undone.completed_at, timeZone));
}
