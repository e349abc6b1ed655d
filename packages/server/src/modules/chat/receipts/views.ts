import type { Executor } from '../../../platform/database/index.ts';
import type { ReaderViews } from '../../../platform/stream/index.ts';
import { memberCounts } from '../rows/member-store.ts';
import { sharesReceipts, usersHidingReceipts } from './receipts.ts';

interface Shown {
  conversationId: string;
  receipts: readonly { userId: string }[];
}

/**
 * Receipts that a reader missed: by who hides theirs now, the reader among them, and by how large the conversation is
 * now. Somebody who hides their receipts does not read others' in the log.
 */
async function seenNow<Data extends Shown>(db: Executor, userId: string, events: readonly Data[]): Promise<Data[]> {
  const people = events.flatMap(({ receipts }) => receipts.map((receipt) => receipt.userId));
  const hiding = await usersHidingReceipts(db, [...new Set([userId, ...people])]);
  const counts = await memberCounts(db, [...new Set(events.map(({ conversationId }) => conversationId))]);
  return events.map((event) => {
    const isShared = sharesReceipts(counts.get(event.conversationId) ?? 0) && !hiding.has(userId);
    const receipts = event.receipts.filter(
      (receipt) => receipt.userId === userId || (isShared && !hiding.has(receipt.userId)),
    );
    return { ...event, receipts };
  });
}

/** What readers see of missed receipts. */
export const receiptViews: ReaderViews = {
  'message:ack': seenNow,
  'message:unread': seenNow,
  'conversation:receipts': seenNow,
};
