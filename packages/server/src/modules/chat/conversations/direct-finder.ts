import type { Database } from '../../../platform/database/index.ts';
import { collectEvents, type StreamHub } from '../../../platform/stream/index.ts';
import type { FindDirectConversation } from '../messages/send-operations.ts';
import { directConversationFor, directConversationOf } from './direct.ts';

/** Where messages to a person go. Opens the conversation in a transaction of its own the first time. */
export function createDirectFinder(deps: {
  database: Database;
  hub: Pick<StreamHub, 'committed'>;
}): FindDirectConversation {
  const { database, hub } = deps;
  return async (userId, toUserId) => {
    const pair = { userId, otherId: toUserId };
    const present = await directConversationOf(database.db, pair);
    if (present !== undefined) return present;
    const now = await database.now();
    const { id, committed } = await database.transaction(async (tx) => {
      const events = collectEvents(userId);
      const opened = await directConversationFor({ tx, now, append: events.append }, pair);
      return { id: opened, committed: await events.write(tx) };
    });
    hub.committed(committed);
    return id;
  };
}
