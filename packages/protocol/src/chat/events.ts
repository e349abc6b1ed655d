import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, instant, seq } from '../core/primitives.ts';
import { conversation, conversationMember, conversationState } from './conversation.ts';
import { keptEvents } from './kept.ts';
import { message } from './message.ts';
import { reactionEvents } from './reaction.ts';
import { receipt, receiptStep } from './receipt.ts';
import { supportEvents } from './support.ts';
import { threadEvents } from './thread.ts';

/** What happens in conversations. */
export const chatEvents = {
  'conversation:joined': event({
    summary: 'I am in a conversation from now on; its own stream goes on from `asOf`',
    on: ['user'],
    data: z.object({ conversation: conversationState, asOf: seq }),
  }),
  'conversation:left': event({
    summary: 'I am no longer in a conversation, or it is gone: drop what is kept of it',
    on: ['user'],
    data: z.object({ conversationId: id }),
  }),
  'conversation:updated': event({ summary: 'A conversation changed', on: ['conversation'], data: conversation }),
  'conversation:memberJoined': event({
    summary: 'Someone is in the conversation from now on',
    on: ['conversation'],
    data: z.object({ conversationId: id, member: conversationMember, receipt: receipt.nullable() }),
  }),
  'conversation:memberUpdated': event({
    summary: 'Someone in the conversation has another role: who runs it has gone, and they do now',
    on: ['conversation'],
    data: z.object({ conversationId: id, member: conversationMember }),
  }),
  'conversation:memberLeft': event({
    summary: 'Someone is no longer in the conversation',
    on: ['conversation'],
    data: z.object({ conversationId: id, userId: id }),
  }),
  'message:receive': event({ summary: 'A message', on: ['conversation'], data: message }),
  'message:updated': event({ summary: 'A message was edited', on: ['conversation'], data: message }),
  'message:deleted': event({
    summary: 'A message was deleted: what is left keeps its place',
    on: ['conversation'],
    data: message,
  }),
  ...reactionEvents,
  ...threadEvents,
  ...keptEvents,
  'message:ack': event({
    summary: 'How far members have received and read; mine alone where receipts are not shared',
    on: ['conversation', 'user'],
    data: z.object({ conversationId: id, receipts: z.array(receiptStep) }),
  }),
  'conversation:receipts': event({
    summary: "The shared receipts as a whole: they replace everybody's but one's own",
    on: ['conversation'],
    data: z.object({ conversationId: id, receipts: z.array(receipt) }),
  }),
  'messages:expired': event({
    summary:
      'Messages were kept long enough and are gone; what others have replied to keeps its place, and says nothing',
    on: ['conversation'],
    data: z.object({
      conversationId: id,
      fromSeq: seq.meta({ description: 'Everything from here on is gone …' }),
      beforeSeq: seq.meta({ description: '… up to here, this one not among it' }),
      kept: z.array(seq).meta({ description: 'Those in between that keep their place, because replies to them stay' }),
      gone: z.array(seq).meta({ description: 'Those before that had kept their place, and now have no reply left' }),
      moreBefore: z.boolean().meta({ description: 'Whether any before `fromSeq` still keeps its place' }),
    }),
  }),
  ...supportEvents,
  typing: event({
    summary: 'Someone is typing until then; `until` in the past means stopped',
    on: 'volatile',
    data: z.object({ conversationId: id, userId: id, until: instant }),
  }),
  'error:rate_limited': event({
    summary: 'A message was refused because too many were sent; nothing typed is lost, send it again later',
    on: 'volatile',
    data: z.object({ operation: z.string(), clientMessageId: id.optional(), retryAfterMs: z.int() }),
  }),
} as const;
