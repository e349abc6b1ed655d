import { type EventData, type Message, type Receipt, type ReceiptStep, sizes } from '@atrium/protocol';
import { type ById, type LiveConversation, type LiveState, without } from './live-state.ts';

/**
 * A message of someone else is unread unless a mark of mine, from another device, has come before it. Replies count in
 * their threads.
 */
export function applyMessage(
  { lastMessage, receipts, unread }: LiveConversation,
  message: Message,
  { me }: LiveState,
): Partial<LiveConversation> {
  const mine = me ? receipts[me.id] : undefined;
  const isOther = message.senderId !== me?.id && message.threadId === undefined;
  const counts = isOther && message.seq > (mine?.readSeq ?? 0);
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
    receipts[receipt.userId] = further(receipts[receipt.userId], receipt);
  }
  const readSeq = (me && receipts[me.id]?.readSeq) ?? 0;
  return { receipts, unread, mentions: conversation.mentions.filter((seq) => seq > readSeq) };
}

/** Someone mentioned me. Whether that or a mark of mine comes first makes no difference. */
export function applyMention(
  { mentions, receipts }: LiveConversation,
  { seq }: EventData['mention:received'],
  { me }: LiveState,
): Partial<LiveConversation> {
  const readSeq = (me && receipts[me.id]?.readSeq) ?? 0;
  if (seq <= readSeq || mentions.includes(seq)) return {};
  return { mentions: [...mentions, seq].sort((one, other) => one - other).slice(-sizes.mentions) };
}

/** Where I stand in a thread: kept while there is something unread. */
export function applyStanding(
  { threads }: LiveConversation,
  { threadId, readSeq, unread, following }: EventData['thread:standing'],
): Partial<LiveConversation> {
  if (!following || unread === 0) return { threads: without(threads, threadId) };
  return { threads: { ...threads, [threadId]: { threadId, readSeq, unread } } };
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
  if (receipt) return { members, receipts: { ...conversation.receipts, [member.userId]: receipt } };
  return member.userId === me?.id ? { members } : { members, receipts: without(conversation.receipts, member.userId) };
}

export function applyMemberLeft({ members, receipts }: LiveConversation, userId: string): Partial<LiveConversation> {
  return { members: without(members, userId), receipts: without(receipts, userId) };
}

/** Everybody's receipts as they are shown from now on; one's own are known already, and perhaps further. */
export function applySharedReceipts(
  conversation: LiveConversation,
  shared: readonly Receipt[],
  { me }: LiveState,
): Partial<LiveConversation> {
  const receipts = Object.fromEntries(shared.map((receipt) => [receipt.userId, receipt]));
  return { receipts: { ...receipts, ...onlyOf(conversation.receipts, me?.id) } };
}

function onlyOf<Thing>(things: ById<Thing>, id: string | undefined): ById<Thing> {
  const mine = id === undefined ? undefined : things[id];
  return mine === undefined || id === undefined ? {} : { [id]: mine };
}
