import { sizes } from '@atrium/protocol';
import { z } from 'zod';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { lockExpired } from '../rows/trash-store.ts';
import { removeForGood } from './removal.ts';

/** Runs every hour. */
export const purgeTrash = defineJob('tasks.purge', z.strictObject({}));

/** Maximum number of tasks that one transaction deletes. */
const BATCH = 200;
const DAY_MS = 86_400_000;

/**
 * Deletes tasks that can no longer be restored from the trash. Each batch is its own transaction, so it may stop
 * anywhere and run on several nodes at once.
 * @returns how many were deleted
 */
export async function purgeExpired(transact: Transact, signal: AbortSignal, batch = BATCH): Promise<number> {
  let removed = 0;
  for (;;) {
    if (signal.aborted) return removed;
    const found = await transact({ actorId: null }, async (work) => {
      const before = new Date(work.now.getTime() - sizes.trashDays * DAY_MS);
      const ids = await lockExpired(work.tx, before, batch);
      await removeForGood(work, ids);
      return ids.length;
    });
    removed += found;
    if (found < batch) return removed;
  }
}

/** Deletes all tasks whose time in the trash is over. */
export function purgeAll({ transact }: { transact: Transact }): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    await purgeExpired(transact, signal);
  };
}
