import type { TaskTimer, TimerSession } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { runningOn } from './entry-store.ts';
import type { TimeEntryRow } from './tables.ts';
import { basesOf } from './task-time-store.ts';

/** A timer as presented to everyone who sees the task. */
export function presentSession(row: TimeEntryRow): TimerSession {
  return {
    id: row.id,
    taskId: row.task_id,
    userId: row.account_id,
    startedAt: row.started_at.toISOString(),
    stoppedAt: row.stopped_at?.toISOString() ?? null,
  };
}

/** The time of a task without entries. */
export const noTime: TaskTimer = { baseMs: 0, running: [] };

/** The time of tasks, by task, with an entry for each requested task. */
export async function timersOf(db: Executor, taskIds: readonly string[]): Promise<Map<string, TaskTimer>> {
  const bases = await basesOf(db, taskIds);
  const running = Map.groupBy(await runningOn(db, taskIds), ({ task_id }) => task_id);
  return new Map(
    taskIds.map((id) => [id, { baseMs: bases.get(id) ?? 0, running: (running.get(id) ?? []).map(presentSession) }]),
  );
}

/** The time of one task. */
export async function timerOf(db: Executor, taskId: string): Promise<TaskTimer> {
  return (await timersOf(db, [taskId])).get(taskId) ?? noTime;
}
