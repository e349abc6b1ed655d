import type { StopReason } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Append } from '../../../platform/stream/index.ts';
import { taskStream } from '../../tasks/index.ts';
import { closeEntries, presentSession, type TimeEntryRow, timersOf } from '../../time-entries/index.ts';

/** The parts of a unit of work that closing a timer uses. */
export interface TimerWork {
  tx: Transaction;
  append: Append;
}

/** When and why timers stop. */
export interface Stop {
  /**
   * By the database's clock. A timer that started later, for instance before that clock was set back, stops at its
   * start.
   */
  at: Date;
  reason: StopReason;
}

/** Detects, at the latest, that the clock was set back while the timer ran. */
function closingOf(entry: TimeEntryRow, { at, reason }: Stop) {
  const lateMs = at.getTime() - entry.started_at.getTime();
  const clockJumpMs = entry.clock_jump_ms ?? (lateMs < 0 ? lateMs : null);
  return { id: entry.id, stoppedAt: lateMs < 0 ? entry.started_at : at, reason, clockJumpMs };
}

/** Closes timers of locked tasks, and announces each on the stream of its task. @returns the closed entries */
export async function stopTimers(
  { tx, append }: TimerWork,
  entries: readonly TimeEntryRow[],
  stop: Stop | ((entry: TimeEntryRow) => Stop),
): Promise<TimeEntryRow[]> {
  const closed = await closeEntries(
    tx,
    entries.map((entry) => closingOf(entry, typeof stop === 'function' ? stop(entry) : stop)),
  );
  const timers = await timersOf(tx, [...new Set(closed.map(({ task_id }) => task_id))]);
  for (const entry of closed) {
    const timer = timers.get(entry.task_id);
    if (timer === undefined || entry.stop_reason === null) continue;
    const { task_id: taskId, stop_reason: reason } = entry;
    append(taskStream(taskId), 'timer:stopped', { taskId, timer, session: presentSession(entry), reason });
  }
  return closed;
}
