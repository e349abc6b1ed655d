import type { EventData, Receipt, ReceiptRewind, ReceiptStep } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';
import { type ById, filterById, without } from '../by-id.ts';
import type { IdentityState } from '../identity.ts';
import { type ChatReducers, changeConversation, type LiveConversation } from './state.ts';

type Me = IdentityState['me'];

/** Who is in a conversation, and how far they have read. */
export const receiptReducers = {
  'conversation:memberJoined': (state, data) =>
    changeConversation(state, data.conversationId, (conversation) => addMember(conversation, data, state.me)),
  'conversation:memberUpdated': (state, { conversationId, member }) =>
    changeConversation(state, conversationId, ({ members }) => ({ members: { ...members, [member.userId]: member } })),
  'conversation:memberLeft': (state, { conversationId, userId }) =>
    changeConversation(state, conversationId, ({ members, receipts }) => ({
      members: without(members, userId),
      receipts: without(receipts, userId),
    })),
  'message:ack': (state, { conversationId, receipts }) =>
    changeConversation(state, conversationId, (conversation) => moveReceipts(conversation, receipts, state.me)),
  'message:unread': (state, { conversationId, receipts }) =>
    changeConversation(state, conversationId, (conversation) => rewindReceipts(conversation, receipts, state.me)),
  // Everybody's receipts as they are shown from now on; one's own are known already, and perhaps further.
  'conversation:receipts': (state, { conversationId, receipts }) =>
    changeConversation(state, conversationId, (conversation) => ({
      receipts: {
        ...Object.fromEntries(receipts.map((receipt) => [receipt.userId, receipt])),
        ...onlyOf(conversation.receipts, state.me?.id),
      },
    })),
} satisfies ChatReducers;

/**
 * Moves read and delivered marks. What was unread before the snapshot is not known one by one, and need not be: a mark
 * at the last message or after it leaves nothing unread, one before it says how many messages it passed.
 */
function moveReceipts(
  conversation: LiveConversation,
  steps: readonly ReceiptStep[],
  me: Me,
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
  const mentions = conversation.mentions.filter((seq) => seq > readSeq);
  return {
    receipts,
    unread,
    mentions: mentions.length === conversation.mentions.length ? conversation.mentions : mentions,
  };
}

/** Moves read marks back. What is unread from them on and has not come yet counts when it comes. */
function rewindReceipts(
  conversation: LiveConversation,
  rewinds: readonly ReceiptRewind[],
  me: Me,
): Partial<LiveConversation> {
  const lastSeq = conversation.lastMessage?.seq ?? 0;
  let { unread, mentions } = conversation;
  const receipts: Record<string, Receipt> = { ...conversation.receipts };
  for (const { unreadSeqs, mentions: mentioned, ...receipt } of rewinds) {
    const known = receipts[receipt.userId];
    receipts[receipt.userId] = { ...further(known, receipt), readSeq: receipt.readSeq };
    if (receipt.userId !== me?.id) continue;
    unread = Math.min(unread + unreadSeqs.filter((seq) => seq <= lastSeq).length, sizes.unread);
    mentions = [...new Set([...mentions, ...mentioned])].sort((one, other) => one - other).slice(-sizes.mentions);
  }
  return { receipts, unread, mentions };
}

/** By an acknowledgement marks only move forward; one's own may come by either of two streams, so the older one last. */
function further(known: Receipt | undefined, { deliveredSeq, readSeq, userId }: Receipt): Receipt {
  return {
    userId,
    deliveredSeq: Math.max(deliveredSeq, known?.deliveredSeq ?? 0),
    readSeq: Math.max(readSeq, known?.readSeq ?? 0),
  };
}

/** Someone is in, or shows or hides receipts from now on. */
function addMember(
  conversation: LiveConversation,
  { member, receipt }: EventData['conversation:memberJoined'],
  me: Me,
): Partial<LiveConversation> {
  const members = { ...conversation.members, [member.userId]: member };
  // More people than that do not share receipts, and the server stops telling.
  if (Object.keys(members).length > sizes.sharedReceipts) {
    return { members, receipts: onlyOf(conversation.receipts, me?.id) };
  }
  if (receipt) return { members, receipts: { ...conversation.receipts, [member.userId]: receipt } };
  return member.userId === me?.id ? { members } : { members, receipts: without(conversation.receipts, member.userId) };
}

function onlyOf<Thing>(things: ById<Thing>, id: string | undefined): ById<Thing> {
  return filterById(things, (_, each) => each === id);
}
