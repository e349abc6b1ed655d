import type { StopReason } from '@atrium/protocol';
import { lockTasks } from '../../tasks/index.ts';
import { runningOf, runningOn } from '../../time-entries/index.ts';
import { clockBehindLocks } from '../rows/lock-store.ts';
import { stopTimers, type TimerWork } from './closing.ts';

/** Stops all timers of locked tasks, or only those of one user. */
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

/** Locks the tasks of a workspace and stops one user's timers on them. */
export async function stopInWorkspace(
  work: TimerWork,
  workspaceId: string,
  userId: string,
  reason: StopReason,
): Promise<void> {
  const running = (await runningOf(work.tx, userId)).filter(({ workspace_id }) => workspace_id === workspaceId);
  const taskIds = [...new Set(running.map(({ task_id }) => task_id))].sort();
  await lockTasks(work.tx, taskIds);
  await stopAll(work, taskIds, reason, userId);
}
