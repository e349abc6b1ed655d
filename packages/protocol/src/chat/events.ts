import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, instant, seq } from '../core/primitives.ts';
import { conversation, conversationCan, conversationMember, conversationState } from './conversation.ts';
import { draftEvents } from './drafts.ts';
import { message } from './message.ts';
import { pinEvents } from './pins.ts';
import { reactionEvents } from './reaction.ts';
import { receipt, receiptRewind, receiptStep } from './receipt.ts';
import { savedEvents } from './saved.ts';
import { supportEvents } from './support.ts';
import { threadEvents } from './thread.ts';

/** Events in conversations. */
export const chatEvents = {
  'conversation:joined': event({
    summary: 'You joined or were added to a conversation; its stream continues from `asOf`',
    on: ['user'],
    data: z.object({ conversation: conversationState, asOf: seq }),
  }),
  'conversation:left': event({
    summary: 'You left or were removed from a conversation, or it was deleted; drop it from your state',
    on: ['user'],
    data: z.object({ conversationId: id }),
  }),
  'conversation:updated': event({
    summary: 'A conversation was updated',
    on: ['conversation'],
    external: true,
    data: conversation,
  }),
  'conversation:can': event({
    summary: 'What you may do with a conversation changed',
    on: ['user'],
    data: z.object({ conversationId: id, can: conversationCan }),
  }),
  'conversation:memberJoined': event({
    summary: 'A member joined the conversation',
    on: ['conversation'],
    external: true,
    data: z.object({ conversationId: id, member: conversationMember, receipt: receipt.nullable() }),
  }),
  'conversation:memberUpdated': event({
    summary: "A member's role changed: they took over as manager after the last one left",
    on: ['conversation'],
    external: true,
    data: z.object({ conversationId: id, member: conversationMember }),
  }),
  'conversation:memberLeft': event({
    summary: 'A member left the conversation or was removed',
    on: ['conversation'],
    external: true,
    data: z.object({ conversationId: id, userId: id }),
  }),
  'message:receive': event({ summary: 'A message was sent', on: ['conversation'], external: true, data: message }),
  'message:updated': event({ summary: 'A message was edited', on: ['conversation'], external: true, data: message }),
  'message:deleted': event({
    summary: 'A message was deleted; it keeps its position without its content',
    on: ['conversation'],
    external: true,
    data: message,
  }),
  ...reactionEvents,
  ...threadEvents,
  ...pinEvents,
  ...savedEvents,
  ...draftEvents,
  'message:ack': event({
    summary: 'Delivered or read receipts advanced; if receipts are not shared, only your own',
    on: ['conversation', 'user'],
    external: false,
    data: z.object({ conversationId: id, receipts: z.array(receiptStep) }),
  }),
  'message:unread': event({
    summary: 'A member marked messages as unread again; if receipts are not shared, only your own',
    on: ['conversation', 'user'],
    external: false,
    data: z.object({ conversationId: id, receipts: z.array(receiptRewind) }),
  }),
  'conversation:receipts': event({
    summary: 'All shared receipts; replaces the receipts of everyone but yourself',
    on: ['conversation'],
    external: false,
    data: z.object({ conversationId: id, receipts: z.array(receipt) }),
  }),
  'messages:expired': event({
    summary:
      'Messages were removed by the retention policy; messages with remaining replies keep their position without their content',
    on: ['conversation'],
    external: true,
    data: z.object({
      conversationId: id,
      fromSeq: seq.meta({ description: 'First position of the removed range' }),
      beforeSeq: seq.meta({ description: 'End of the removed range, exclusive' }),
      kept: z
        .array(seq)
        .meta({ description: 'Messages in the range that keep their position because replies to them remain' }),
      gone: z.array(seq).meta({
        description: 'Earlier messages that had kept their position and are now removed because no reply is left',
      }),
      moreBefore: z.boolean().meta({ description: 'Whether a message before `fromSeq` still keeps its position' }),
    }),
  }),
  ...supportEvents,
  typing: event({
    summary: 'A member is typing until the given time; `until` in the past means they stopped',
    on: 'volatile',
    data: z.object({ conversationId: id, userId: id, until: instant }),
  }),
} as const;
