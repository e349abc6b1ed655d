import type { Executor } from '../../../platform/database/index.ts';
import type { ReaderViews } from '../../../platform/stream/index.ts';
import { memberCounts } from '../rows/member-store.ts';
import { sharesReceipts, usersHidingReceipts } from './receipts.ts';

interface Shown {
  conversationId: string;
  receipts: readonly { userId: string }[];
}

/**
 * Filters missed receipts: by who hides theirs now, including the reader, and by the current size of the conversation.
 * Users who hide their receipts do not read others' in the log.
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

/** Filters for missed receipts. */
export const receiptViews: ReaderViews = {
  'message:ack': seenNow,
  'message:unread': seenNow,
  'conversation:receipts': seenNow,
};
