import { sizes } from '@atrium/protocol';
import { z } from 'zod';
import { type Database, objectsAreHeld } from '../../../platform/database/index.ts';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import { removeAbandoned, type Storage } from '../../../platform/storage/index.ts';
import {
  clearParent,
  deleteAbandoned,
  deleteClearedObjects,
  deleteClearedParent,
  parentsToClear,
  removedObjects,
} from '../rows/clearing-store.ts';
import { contentKey, thumbnailKey } from '../rows/keys.ts';

/** Each deletion queues the job; what one run leaves goes with the next. */
export const clearFiles = defineJob('files.clear', z.strictObject({}));

export interface ClearingDeps {
  clock: { now(): Date };
  database: Pick<Database, 'db'>;
  log: Log;
  storage: Pick<Storage, 'delete' | 'incoming'>;
}

const BATCH = 500;
const MOST_PARENTS = 100_000;
const HOUR_MS = 3_600_000;

/**
 * Clears away files of places that are gone, files that were never stored or used, and the bytes of all files of which
 * the row is gone. It may end anywhere and run on several nodes at once: what is to be cleared is in tables.
 */
export async function clearAll(deps: ClearingDeps, signal: AbortSignal, batch = BATCH): Promise<void> {
  const { clock, database, storage } = deps;
  const { db } = database;
  const repeat = async (clear: () => Promise<number>) => {
    while (!signal.aborted && (await clear()) > 0);
  };
  for (const place of await parentsToClear(db, MOST_PARENTS)) {
    await repeat(() => clearParent(db, place, batch));
    if (signal.aborted) return;
    await deleteClearedParent(db, place.id);
  }
  const now = clock.now().getTime();
  const before = { unstored: new Date(now - HOUR_MS), unused: new Date(now - sizes.unusedHours * HOUR_MS) };
  await repeat(() => deleteAbandoned(db, before, batch));
  await removeAbandoned(storage.incoming, clock.now());
  await deleteObjects(deps, signal, batch);
}

/** A storage that fails keeps no row alive; its objects are tried again with the next run. */
async function deleteObjects({ database, log, storage }: ClearingDeps, signal: AbortSignal, batch: number) {
  let after: string | undefined;
  let ids: string[];
  do {
    ids = await removedObjects(database.db, after, batch);
    // A backup reads what was there before; the next run finds the rest.
    if (await objectsAreHeld(database.db)) return;
    after = ids.at(-1);
    const deleted = [];
    for (const id of ids) {
      if (signal.aborted) return;
      try {
        await storage.delete(thumbnailKey(id));
        await storage.delete(contentKey(id));
        deleted.push(id);
      } catch (error) {
        log.warn({ err: error, attachmentId: id }, 'the content of a deleted file could not be removed');
      }
    }
    await deleteClearedObjects(database.db, deleted);
  } while (ids.length === batch);
}

/** Clears away what there is. */
export function clearHandler(deps: ClearingDeps): JobHandler<Record<string, never>> {
  return (_, { signal }) => clearAll(deps, signal);
}
