import { z } from 'zod';
import type { Database } from '../../../platform/database/index.ts';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import { clearItems, clearMessages, deleteRemovedConversation, removedConversations } from './clearing-store.ts';
import { ITEM_TABLES } from './items.ts';

/** Each deletion queues the job; the rest of an interrupted run is deleted within the hour. */
export const clearConversations = defineJob('conversations.clear', z.strictObject({}));

/** Maximum number of rows that one statement deletes. */
const BATCH = 2_000;
/** Maximum number of conversations that one run clears. */
const MOST = 100_000;

/**
 * Deletes the rows of deleted conversations. Each batch is a transaction of its own, and a table lists what is left to
 * delete: it may stop anywhere and continue later, on several nodes at once.
 * @param signal stops it between two batches
 */
export async function clearRemoved(database: Pick<Database, 'db'>, signal: AbortSignal, batch = BATCH): Promise<void> {
  const { db } = database;
  const clear = async (removeBatch: () => Promise<number>) => {
    while (!signal.aborted && (await removeBatch()) > 0);
  };
  // At most as many as there were at the start: it does not wait for rows that others lock or delete.
  for (const id of await removedConversations(db, MOST)) {
    for (const table of ITEM_TABLES) await clear(() => clearItems(db, table, id, batch));
    await clear(() => clearMessages(db, id, batch));
    if (signal.aborted) return;
    await deleteRemovedConversation(db, id);
  }
}

/** Clears all deleted conversations; safe to run any number of times. */
export function clearAll(deps: { database: Pick<Database, 'db'> }): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    await clearRemoved(deps.database, signal);
    if (signal.aborted) throw new Error('the server is stopping; the next run continues');
  };
}
