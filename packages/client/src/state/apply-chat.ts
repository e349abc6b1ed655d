import type { EventData, Message, ReceiptStep } from '@atrium/protocol';
import type { Change } from './change.ts';
import { type LiveConversation, type LiveState, without } from './live-state.ts';

export function applyMessage(
  { lastMessage, unread }: LiveConversation,
  message: Message,
  { me }: LiveState,
): Partial<LiveConversation> {
  return {
    lastMessage: lastMessage && lastMessage.seq > message.seq ? lastMessage : message,
    unread: message.senderId === me?.id ? unread : unread + 1,
  };
}

/**
 * Moves read and delivered marks. My own say how many unread messages they passed: what was unread before the snapshot
 * is not known one by one, and need not be.
 */
export function applyReceipts(
  conversation: LiveConversation,
  steps: readonly ReceiptStep[],
  { me }: LiveState,
): Partial<LiveConversation> {
  let { unread } = conversation;
  const receipts = { ...conversation.receipts };
  for (const { newlyRead, ...receipt } of steps) {
    const mine = receipt.userId === me?.id;
    if (mine) unread -= newlyRead;
    if (mine || !me?.preferences.hideReceipts) receipts[receipt.userId] = receipt;
  }
  return { receipts, unread };
}

export function applyMemberJoined(
  { members, receipts }: LiveConversation,
  { member, receipt }: EventData['conversation:memberJoined'],
  { me }: LiveState,
): Partial<LiveConversation> {
  const shown = receipt && (receipt.userId === me?.id || !me?.preferences.hideReceipts);
  return {
    members: { ...members, [member.userId]: member },
    receipts: shown ? { ...receipts, [receipt.userId]: receipt } : receipts,
  };
}

export function applyMemberLeft({ members, receipts }: LiveConversation, userId: string): Partial<LiveConversation> {
  return { members: without(members, userId), receipts: without(receipts, userId) };
}

/** Who hides their own receipts sees nobody else's. */
export function hideOthersReceipts({ conversations }: LiveState, meId: string): Change {
  const hidden = Object.values(conversations).map((conversation) => {
    const mine = conversation.receipts[meId];
    return [conversation.id, { ...conversation, receipts: mine ? { [meId]: mine } : {} }];
  });
  return { conversations: Object.fromEntries(hidden) };
}
