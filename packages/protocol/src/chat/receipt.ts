import { z } from 'zod';
import { id, seq } from '../core/primitives.ts';

/** How far one member has received and read, as positions in the conversation's stream. */
export const receipt = z.object({ userId: id, deliveredSeq: seq, readSeq: seq });
export type Receipt = z.infer<typeof receipt>;

/**
 * A receipt that moved. `newlyRead` makes the unread number exact without knowing the history: unread goes down by it.
 * It never changes afterwards, since everything up to a read mark is already in the stream.
 */
export const receiptStep = receipt.extend({
  newlyRead: z
    .int()
    .min(0)
    .meta({ description: 'Messages of others between the former readSeq and this one, but for replies in threads' }),
});
export type ReceiptStep = z.infer<typeof receiptStep>;
