import type { StopReason } from '@atrium/protocol';
import { runningOn } from '../../time-entries/index.ts';
import { clockBehindLocks } from '../rows/lock-store.ts';
import { stopTimers, type TimerWork } from './closing.ts';

/** Stops all timers of locked tasks, or only one person's. */
export async function stopAll(
  work: TimerWork,
  taskIds: readonly string[],
  reason: StopReason,
  userId?: string,
): Promise<void> {
  const running = await runningOn(work.tx, taskIds);
  const stopped = userId === undefined ? running : running.filter(({ account_id }) => account_id === userId);
  if (stopped.length > 0) await stopTimers(work, stopped, { at: await clockBehindLocks(work.tx), reason });
}
