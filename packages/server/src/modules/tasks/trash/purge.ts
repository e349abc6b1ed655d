import { sizes } from '@atrium/protocol';
import { z } from 'zod';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { lockExpired } from '../rows/trash-store.ts';
import { removeForGood } from './removal.ts';

/** Done every hour. */
export const purgeTrash = defineJob('tasks.purge', z.strictObject({}));

/** Tasks that one transaction removes. */
const BATCH = 200;
const DAY_MS = 86_400_000;

/**
 * Removes tasks that have been in the trash for longer than they can be restored. Each batch is a transaction of its
 * own, so it may end anywhere and run on several nodes at once.
 * @returns how many were removed
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

/** Removes what has been in the trash for long enough. */
export function purgeAll({ transact }: { transact: Transact }): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    await purgeExpired(transact, signal);
  };
}
