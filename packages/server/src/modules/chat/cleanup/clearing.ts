import { z } from 'zod';
import type { Database } from '../../../platform/database/index.ts';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import { clearItems, clearMessages, forgetRemovedConversation, removedConversations } from './clearing-store.ts';
import { ITEM_TABLES } from './items.ts';

/** Each removal queues the job; what was left by one that did not come to its end goes within the hour. */
export const clearConversations = defineJob('conversations.clear', z.strictObject({}));

/** Rows that one statement clears. */
const BATCH = 2_000;
/** Conversations that one run clears. */
const MOST = 100_000;

/**
 * Clears away what conversations that are gone have left behind. Each batch is a transaction of its own, and what is to
 * be cleared is a table: it may end anywhere and go on later, on several nodes at once.
 * @param signal ends it between two batches
 */
export async function clearRemoved(database: Pick<Database, 'db'>, signal: AbortSignal, batch = BATCH): Promise<void> {
  const { db } = database;
  const clear = async (removeBatch: () => Promise<number>) => {
    while (!signal.aborted && (await removeBatch()) > 0);
  };
  // As many as there are at the beginning: what others hold, or clear, is not waited for.
  for (const id of await removedConversations(db, MOST)) {
    for (const table of ITEM_TABLES) await clear(() => clearItems(db, table, id, batch));
    await clear(() => clearMessages(db, id, batch));
    if (signal.aborted) return;
    await forgetRemovedConversation(db, id);
  }
}

/** Clears away what is there; however often it runs, each row goes once. */
export function clearAll(deps: { database: Pick<Database, 'db'> }): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    await clearRemoved(deps.database, signal);
    if (signal.aborted) throw new Error('the program stops; the rest goes the next time');
  };
}
