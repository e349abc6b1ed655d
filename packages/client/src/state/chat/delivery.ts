import type { Message } from '@atrium/protocol';
import type { LiveConversation } from './state.ts';

/** Who has received and read a message, as far as that is shared. */
export interface Delivery {
  /** Users who have received it, other than its sender; includes `readBy`. */
  deliveredTo: string[];
  readBy: string[];
  /** True if anybody other than its sender has read it. */
  seen: boolean;
}

/**
 * Derives from the receipts of a conversation who has received and read a message. If receipts are not shared, because
 * somebody hides theirs or the conversation is too large, those of others are unknown. Read positions in threads are
 * never shared.
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
