import { z } from 'zod';
import type { Database } from '../../../platform/database/index.ts';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import type { Storage } from '../../../platform/storage/index.ts';
import { knownIds, storedIds } from '../rows/clearing-store.ts';
import { contentKey, idOfKey, thumbnailKey } from '../rows/keys.ts';

/** Done every day: rows and objects are compared. They differ only after a restore, or a fault of the storage. */
export const sweepStorage = defineJob('files.sweep', z.strictObject({}));

export interface SweepDeps {
  clock: { now(): Date };
  database: Pick<Database, 'db'>;
  log: Log;
  storage: Pick<Storage, 'delete' | 'list'>;
}

const BATCH = 500;
/** What is younger may be on its way. */
const AGE_MS = 24 * 3_600_000;

/**
 * Deletes objects without a row, and reports rows without an object: those may come back with a backup.
 * @returns the ids of both
 */
export async function sweepAll(
  { clock, database, log, storage }: SweepDeps,
  signal: AbortSignal,
): Promise<{ deleted: string[]; lost: string[] }> {
  const before = new Date(clock.now().getTime() - AGE_MS);
  const present = new Set<string>();
  const deleted: string[] = [];
  let batch: string[] = [];
  const deleteStrangers = async () => {
    const known = await knownIds(database.db, batch.map(idOfKey));
    for (const key of batch.filter((each) => !known.has(idOfKey(each)))) {
      await storage.delete(key);
      deleted.push(key);
    }
    batch = [];
  };
  for await (const { key, modifiedAt } of storage.list()) {
    if (signal.aborted) return { deleted, lost: [] };
    present.add(key);
    if (modifiedAt < before) batch.push(key);
    if (batch.length === BATCH) await deleteStrangers();
  }
  await deleteStrangers();
  if (deleted.length > 0) log.warn({ objects: deleted.length }, 'objects that belong to no file were deleted');
  const lost = await lostIds(database.db, before, present);
  for (const id of lost) log.error({ attachmentId: id }, 'the content of a file is not in the storage');
  return { deleted, lost };
}

async function lostIds(db: Database['db'], before: Date, present: ReadonlySet<string>): Promise<string[]> {
  const lost: string[] = [];
  let rows: Awaited<ReturnType<typeof storedIds>>;
  let after: string | undefined;
  do {
    rows = await storedIds(db, before, after, BATCH);
    after = rows.at(-1)?.id;
    for (const { id, isPicture } of rows) {
      if (!present.has(contentKey(id)) || (isPicture && !present.has(thumbnailKey(id)))) lost.push(id);
    }
  } while (rows.length === BATCH);
  return lost;
}

/** Compares everything. */
export function sweepHandler(deps: SweepDeps): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    await sweepAll(deps, signal);
  };
}
