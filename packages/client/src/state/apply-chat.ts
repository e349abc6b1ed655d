import { type EventData, type Message, type Receipt, type ReceiptStep, sizes } from '@atrium/protocol';
import type { Change } from './change.ts';
import { type ById, type LiveConversation, type LiveState, without } from './live-state.ts';

/** A message of someone else is unread unless a mark of mine, from another device, has come before it. */
export function applyMessage(
  { lastMessage, receipts, unread }: LiveConversation,
  message: Message,
  { me }: LiveState,
): Partial<LiveConversation> {
  const mine = me ? receipts[me.id] : undefined;
  const counts = message.senderId !== me?.id && message.seq > (mine?.readSeq ?? 0);
  return {
    lastMessage: lastMessage && lastMessage.seq > message.seq ? lastMessage : message,
    unread: counts ? Math.min(unread + 1, sizes.unread) : unread,
  };
}

/**
 * Moves read and delivered marks. What was unread before the snapshot is not known one by one, and need not be: a mark
 * at the last message or after it leaves nothing unread, one before it says how many messages it passed.
 */
export function applyReceipts(
  conversation: LiveConversation,
  steps: readonly ReceiptStep[],
  { me }: LiveState,
): Partial<LiveConversation> {
  const { lastMessage } = conversation;
  let { unread } = conversation;
  const receipts: Record<string, Receipt> = { ...conversation.receipts };
  for (const { newlyRead, ...receipt } of steps) {
    const isMine = receipt.userId === me?.id;
    if (isMine) unread = receipt.readSeq >= (lastMessage?.seq ?? 0) ? 0 : Math.max(0, unread - newlyRead);
    if (isMine || !me?.preferences.hideReceipts) receipts[receipt.userId] = further(receipts[receipt.userId], receipt);
  }
  return { receipts, unread };
}

/** Marks only move forward; one's own may come by either of two streams, so the older one last. */
function further(known: Receipt | undefined, { deliveredSeq, readSeq, userId }: Receipt): Receipt {
  return {
    userId,
    deliveredSeq: Math.max(deliveredSeq, known?.deliveredSeq ?? 0),
    readSeq: Math.max(readSeq, known?.readSeq ?? 0),
  };
}

/** Someone is in, or shows or hides receipts from now on. */
export function applyMemberJoined(
  conversation: LiveConversation,
  { member, receipt }: EventData['conversation:memberJoined'],
  { me }: LiveState,
): Partial<LiveConversation> {
  const members = { ...conversation.members, [member.userId]: member };
  // More people than that do not share receipts, and the server stops telling.
  if (Object.keys(members).length > sizes.sharedReceipts) {
    return { members, receipts: onlyOf(conversation.receipts, me?.id) };
  }
  const isMine = member.userId === me?.id;
  if (receipt && (isMine || !me?.preferences.hideReceipts)) {
    return { members, receipts: { ...conversation.receipts, [member.userId]: receipt } };
  }
  return isMine ? { members } : { members, receipts: without(conversation.receipts, member.userId) };
}

export function applyMemberLeft({ members, receipts }: LiveConversation, userId: string): Partial<LiveConversation> {
  return { members: without(members, userId), receipts: without(receipts, userId) };
}

/** Who hides their own receipts sees nobody else's. */
export function hideOthersReceipts({ conversations }: LiveState, meId: string): Change {
  const hidden = Object.values(conversations).map((conversation) => [
    conversation.id,
    { ...conversation, receipts: onlyOf(conversation.receipts, meId) },
  ]);
  return { conversations: Object.fromEntries(hidden) };
}

function onlyOf<Thing>(things: ById<Thing>, id: string | undefined): ById<Thing> {
  const mine = id === undefined ? undefined : things[id];
  return mine === undefined || id === undefined ? {} : { [id]: mine };
}
