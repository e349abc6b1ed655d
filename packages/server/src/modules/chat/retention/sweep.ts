import type { Database } from '../../../platform/database/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import type { ReceiptWriter } from '../receipts/writer.ts';
import { removeBatch } from './batch.ts';
import { type Due, dueConversations, lastToRemove, membersBehind } from './store.ts';

/** Maximum number of messages that one transaction removes, and of conversations that one query finds. */
const BATCH = 1_000;
/** Number of messages for which read marks are moved at once. */
const STRETCH = 100_000;
const PAGE = 200;

export interface SweepDeps {
  database: Pick<Database, 'db'>;
  transact: Transact;
  receipts: Pick<ReceiptWriter, 'move'>;
}

/**
 * Removes expired messages in small batches. Each batch is a transaction with its event and its audit entry, so it can
 * stop anywhere and continue later.
 * @param signal stops it between two batches
 * @returns how many messages were removed
 */
export async function sweep(deps: SweepDeps, now: Date, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  let after: string | undefined;
  do {
    const page = await dueConversations(deps.database.db, now, { after, limit: PAGE });
    for (const due of page) removed += await sweepConversation(deps, due, now, signal);
    after = page.length === PAGE ? page.at(-1)?.conversationId : undefined;
  } while (after !== undefined && signal?.aborted !== true);
  return removed;
}

async function sweepConversation(deps: SweepDeps, due: Due, now: Date, signal?: AbortSignal): Promise<number> {
  let removed = 0;
  while (signal?.aborted !== true) {
    const goal = await lastToRemove(deps.database.db, due, STRETCH);
    if (goal === undefined) break;
    // Once for many batches: every mark that moves is a write and an event.
    await countAsRead(deps, due.conversationId, goal);
    removed += await removeUpTo(deps, due, goal, { now, signal });
  }
  return removed;
}

async function removeUpTo(
  deps: SweepDeps,
  due: Due,
  goal: number,
  { now, signal }: { now: Date; signal: AbortSignal | undefined },
): Promise<number> {
  let removed = 0;
  while (signal?.aborted !== true) {
    const through = await lastToRemove(deps.database.db, due, BATCH);
    if (through === undefined) break;
    removed += await removeBatch(deps.transact, {
      conversationId: due.conversationId,
      through: Math.min(through, goal),
      now,
    });
    if (through >= goal) break;
  }
  return removed;
}

/** Removed messages must not count as unread: read marks are moved beyond them first, by the usual writer. */
async function countAsRead({ database, receipts }: SweepDeps, conversationId: string, seq: number): Promise<void> {
  const behind = await membersBehind(database.db, conversationId, seq);
  // A former member has no mark to move.
  await Promise.allSettled(
    behind.map((userId) =>
      receipts.move({ conversationId, userId, caller: undefined, deliveredSeq: seq, readSeq: seq }),
    ),
  );
}
