import type { Message } from '@atrium/protocol';
import type { LiveConversation } from './state.ts';

/** How far a message has come, as far as one may know. */
export interface Delivery {
  /** Who has received it, beside its sender; each of `readBy` is among them. */
  deliveredTo: string[];
  readBy: string[];
  /** True when anybody but its sender has read it. */
  seen: boolean;
}

/**
 * Derives from the receipts of a conversation who has received and read a message. Where receipts are not shared, because
 * somebody hides theirs or too many are in the conversation, nobody else's are known. Of replies in threads nobody tells
 * whether they were read: only oneself knows how far one has read a thread.
 */
export function deliveryOf(
  { receipts }: Pick<LiveConversation, 'receipts'>,
  { senderId, seq, threadId }: Pick<Message, 'senderId' | 'seq' | 'threadId'>,
): Delivery {
  const others = Object.values(receipts).filter(({ userId }) => userId !== senderId);
  const read = threadId === undefined ? others.filter(({ readSeq }) => readSeq >= seq) : [];
  const delivered = others.filter(({ deliveredSeq }) => deliveredSeq >= seq);
  return {
    deliveredTo: delivered.map(({ userId }) => userId),
    readBy: read.map(({ userId }) => userId),
    seen: read.length > 0,
  };
}
