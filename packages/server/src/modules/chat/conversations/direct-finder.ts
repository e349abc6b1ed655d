import type { Database } from '../../../platform/database/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { holdCaller } from '../../identity/index.ts';
import type { FindDirectConversation } from '../messages/send-operations.ts';
import { directConversationFor, directConversationOf } from './direct.ts';

/** Finds the conversation for messages to a person, and creates it in a transaction of its own the first time. */
export function createDirectFinder(deps: {
  database: Pick<Database, 'db'>;
  transact: Transact;
}): FindDirectConversation {
  const { database, transact } = deps;
  return async (actor, toUserId) => {
    const pair = { userId: actor.userId, otherId: toUserId };
    const present = await directConversationOf(database.db, pair);
    if (present !== undefined) return present;
    return transact({ actorId: actor.userId }, async (work) => {
      const id = await directConversationFor(work, pair);
      await holdCaller(work.tx, actor);
      return id;
    });
  };
}
