import type { TimersState } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { openTaskIdsOf } from '../../tasks/index.ts';
import { runningOf } from '../../time-entries/index.ts';
import { presentForgotten } from '../rows/present.ts';

/** The user's timers that they were asked about, on tasks that they follow. */
export async function timersStateOf(db: Executor, userId: string): Promise<TimersState> {
  const followed = new Set(await openTaskIdsOf(db, userId));
  const asked = (await runningOf(db, userId)).filter(({ task_id }) => followed.has(task_id));
  return { forgotten: asked.flatMap((entry) => presentForgotten(entry) ?? []) };
}
