import { z } from 'zod';
import { id, seq } from '../core/primitives.ts';
import { chatSizes } from './limits.ts';

/** A member's delivered and read positions in the conversation's stream. */
export const receipt = z.object({ userId: id, deliveredSeq: seq, readSeq: seq });
export type Receipt = z.infer<typeof receipt>;

/**
 * A receipt that advanced. Clients subtract `newlyRead` from their unread count, which stays exact without the history.
 * It is final, because everything up to a read position is already in the stream.
 */
export const receiptStep = receipt.extend({
  newlyRead: z
    .int()
    .min(0)
    .meta({ description: 'Messages from others between the previous readSeq and this one, excluding thread replies' }),
});
export type ReceiptStep = z.infer<typeof receiptStep>;

/**
 * A read position that its user moved back. Clients add those of `unreadSeqs` that they have received to their unread
 * count; the others are counted when they are received.
 */
export const receiptRewind = receipt.extend({
  unreadSeqs: z.array(seq).max(chatSizes.unread).meta({
    description:
      'Messages from others between this readSeq and the previous one, excluding thread replies; the latest if there are more',
  }),
  mentions: z.array(seq).max(chatSizes.mentions).meta({ description: 'Messages after readSeq that mention the user' }),
});
export type ReceiptRewind = z.infer<typeof receiptRewind>;
