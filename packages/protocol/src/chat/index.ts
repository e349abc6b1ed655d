import { z } from 'zod';
import { feature } from '../core/feature.ts';
import { chatAccess } from './access.ts';
import { conversationState } from './conversation.ts';
import { conversations } from './conversation-operations.ts';
import { drafts } from './drafts.ts';
import { chatEvents } from './events.ts';
import { conversationExports } from './export.ts';
import { chatLimits, chatSizes, chatThingLimits } from './limits.ts';
import { messages } from './message-operations.ts';
import { pins } from './pins.ts';
import { chatProblems } from './problems.ts';
import { reactions } from './reaction.ts';
import { retention } from './retention.ts';
import { saved } from './saved.ts';
import { support } from './support.ts';
import { threads } from './thread.ts';
import { typing } from './typing.ts';

export * from './conversation.ts';
export * from './conversation-operations.ts';
export * from './drafts.ts';
export * from './events.ts';
export * from './export.ts';
export * from './message.ts';
export * from './message-can.ts';
export * from './message-operations.ts';
export * from './pins.ts';
export * from './reaction.ts';
export * from './receipt.ts';
export * from './retention.ts';
export * from './saved.ts';
export * from './support.ts';
export * from './support-case.ts';
export * from './thread.ts';
export * from './typing.ts';

/** Conversations, messages, and everything attached to them. */
export const chatFeature = feature({
  groups: {
    conversations: {
      title: 'Conversations',
      description: 'Channels, groups, direct conversations and support cases.',
      operations: conversations,
    },
    messages: {
      title: 'Messages',
      description: 'Send, edit and delete messages, read the history, and mark messages as delivered and read.',
      operations: messages,
    },
    reactions: { title: 'Reactions', description: 'React to a message with an emoji.', operations: reactions },
    threads: {
      title: 'Threads',
      description: 'Replies to a message, followed and read separately.',
      operations: threads,
    },
    pins: { title: 'Pins', description: 'Messages pinned for everyone in a conversation.', operations: pins },
    saved: { title: 'Saved messages', description: 'Messages you saved for yourself.', operations: saved },
    drafts: { title: 'Drafts', description: 'Unsent text, synchronized across your devices.', operations: drafts },
    typing: { title: 'Typing', description: 'Typing indicators.', operations: typing },
    support: { title: 'Support', description: 'Support cases and who is assigned to them.', operations: support },
    retention: { title: 'Retention', description: 'How long messages are kept.', operations: retention },
    exports: { title: 'Exports', description: 'Export conversations as JSON.', operations: conversationExports },
  },
  events: chatEvents,
  access: chatAccess,
  problems: chatProblems,
  limits: chatLimits,
  thingLimits: chatThingLimits,
  sizes: chatSizes,
  streams: ['conversation'],
  snapshot: { conversations: z.array(conversationState) },
});
