import type { EventData, Receipt, ReceiptRewind, ReceiptStep } from '@atrium/protocol';
import { sizes } from '@atrium/protocol/routes';
import { type ById, filterById, without } from '../by-id.ts';
import type { IdentityState } from '../identity.ts';
import { type ChatReducers, changeConversation, type LiveConversation } from './state.ts';

type Me = IdentityState['me'];

/** Reducers for the members of a conversation and their receipts. */
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
  // The receipts that are shared from now on; the user's own are already known, and possibly newer.
  'conversation:receipts': (state, { conversationId, receipts }) =>
    changeConversation(state, conversationId, (conversation) => ({
      receipts: {
        ...Object.fromEntries(receipts.map((receipt) => [receipt.userId, receipt])),
        ...onlyOf(conversation.receipts, state.me?.id),
      },
    })),
} satisfies ChatReducers;

/**
 * Moves read and delivered marks. The unread messages before the snapshot are known only by their number, which is
 * sufficient: a mark at or after the last message leaves nothing unread, an earlier one contains the number of messages
 * it passed.
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

/** Moves read marks back. Later messages that have not arrived yet are counted when they arrive. */
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

/** Acknowledgements move marks only forward; the user's own arrive on two streams, so an older one may arrive last. */
function further(known: Receipt | undefined, { deliveredSeq, readSeq, userId }: Receipt): Receipt {
  return {
    userId,
    deliveredSeq: Math.max(deliveredSeq, known?.deliveredSeq ?? 0),
    readSeq: Math.max(readSeq, known?.readSeq ?? 0),
  };
}

/** A new member, or one who shows or hides receipts from now on. */
function addMember(
  conversation: LiveConversation,
  { member, receipt }: EventData['conversation:memberJoined'],
  me: Me,
): Partial<LiveConversation> {
  const members = { ...conversation.members, [member.userId]: member };
  // Above this number of members receipts are not shared, and the server sends none.
  if (Object.keys(members).length > sizes.sharedReceipts) {
    return { members, receipts: onlyOf(conversation.receipts, me?.id) };
  }
  if (receipt) return { members, receipts: { ...conversation.receipts, [member.userId]: receipt } };
  return member.userId === me?.id ? { members } : { members, receipts: without(conversation.receipts, member.userId) };
}

function onlyOf<Thing>(things: ById<Thing>, id: string | undefined): ById<Thing> {
  return filterById(things, (_, each) => each === id);
}
