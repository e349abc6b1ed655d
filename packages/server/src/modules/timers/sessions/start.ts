import type { StopReason } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { preferencesById } from '../../identity/index.ts';
import { type FullTask, lockForChange, taskStream } from '../../tasks/index.ts';
import {
  insertEntry,
  openTaskTime,
  presentSession,
  rateFor,
  runningOf,
  runningOn,
  type TimeEntryRow,
  timerOf,
} from '../../time-entries/index.ts';
import { clockBehindLocks, holdPeriods, lockStarts } from '../rows/lock-store.ts';
import { isLocked } from '../rows/period-store.ts';
import { mayTrack } from '../view/access.ts';
import { stopTimers, type TimerWork } from './closing.ts';

/** A timer to be started. */
export interface NewTimer {
  task: FullTask;
  userId: string;
  note: string;
  billable: boolean;
}

const PREVIOUS: StopReason = 'one_timer';

/**
 * Starts a timer. If the user's preference is one timer at a time, the others stop at the same instant.
 * @throws `timer_running`, `period_locked`, `conflict` for a completed task, and the problems of access to the task
 */
export async function startTimer(work: TimerWork, wanted: NewTimer): Promise<TimeEntryRow> {
  const { tx } = work;
  const { userId } = wanted;
  await holdPeriods(tx, [wanted.task.workspace_id]);
  await lockStarts(tx, userId);
  const preferences = (await preferencesById(tx, [userId])).get(userId);
  const others = preferences?.oneTimer ? (await runningOf(tx, userId)).map(({ task_id }) => task_id) : [];
  const { task } = await lockForChange(tx, { userId, task: wanted.task, permits: mayTrack, others });
  if (task.status === 'completed') throw problem('conflict', 'The task is completed: reopen it first.');
  const at = await clockBehindLocks(tx);
  if (await isLocked(tx, task.workspace_id, at)) throw problem('period_locked');
  const running = await runningOn(tx, [task.id, ...others]);
  const mine = running.filter(({ account_id }) => account_id === userId);
  if (mine.some(({ task_id }) => task_id === task.id)) throw problem('timer_running');
  await stopTimers(work, mine, { at, reason: PREVIOUS });
  return beginEntry(work, { ...wanted, task }, at);
}

/** Inserts the entry of a timer that starts on a locked task, and announces it. */
export async function beginEntry(
  { tx, append }: TimerWork,
  {
    billable,
    note,
    task,
    userId,
  }: Pick<NewTimer, 'userId' | 'note' | 'billable'> & {
    task: Pick<FullTask, 'id' | 'workspace_id'>;
  },
  at: Date,
): Promise<TimeEntryRow> {
  await openTaskTime(tx, task);
  const rate = await rateFor(tx, task);
  const entry = await insertEntry(tx, {
    id: newId(),
    task_id: task.id,
    workspace_id: task.workspace_id,
    account_id: userId,
    kind: 'timer',
    started_at: at,
    stopped_at: null,
    duration_ms: null,
    stop_reason: null,
    note,
    billable,
    rate_minor: rate?.amountMinor ?? null,
    rate_currency: rate?.currency ?? null,
    author_id: userId,
    reason: null,
    corrects: null,
    created_at: at,
  });
  const timer = await timerOf(tx, task.id);
  append(taskStream(task.id), 'timer:started', { taskId: task.id, timer, session: presentSession(entry) });
  return entry;
}
