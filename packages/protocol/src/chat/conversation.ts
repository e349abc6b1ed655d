import { z } from 'zod';
import { id, instant, seq, version } from '../core/primitives.ts';
import { retentionDays } from '../workspaces/retention-days.ts';
import { draft } from './kept.ts';
import { chatSizes } from './limits.ts';
import { message } from './message.ts';
import { receipt } from './receipt.ts';
import { supportCan, supportCase } from './support-case.ts';
import { threadStanding } from './thread.ts';

export const conversationKind = z.enum(['channel', 'group', 'direct', 'support']);
export type ConversationKind = z.infer<typeof conversationKind>;
export const visibility = z.enum(['public', 'private']);

export const conversationMember = z.object({ userId: id, role: z.enum(['manager', 'member']), joinedAt: instant });
export type ConversationMember = z.infer<typeof conversationMember>;

export const conversation = z.object({
  id,
  workspaceId: id,
  kind: conversationKind,
  visibility,
  name: z.string().nullable().meta({ description: 'null for direct conversations: show the other person' }),
  topic: z.string(),
  archivedAt: instant.nullable(),
  createdBy: id.nullable(),
  createdAt: instant,
  version,
  retentionDays: retentionDays.meta({
    description: 'Messages are kept so long; null: as long as the workspace keeps them',
  }),
  support: supportCase.optional().meta({ description: 'Of support cases' }),
});
export type Conversation = z.infer<typeof conversation>;

/** What the asking person may do with a conversation. */
export const conversationCan = z.object({
  send: z.boolean(),
  update: z.boolean(),
  archive: z.boolean(),
  delete: z.boolean(),
  addMembers: z.boolean(),
  removeMembers: z.boolean(),
  join: z.boolean(),
  leave: z.boolean(),
});
export type ConversationCan = z.infer<typeof conversationCan>;

/** Where unread mentions of me stand; there may be more than these latest ones. */
export const mentions = z.array(seq).max(chatSizes.mentions);

/** A conversation in its member's live state. */
export const conversationState = conversation.extend({
  members: z.array(conversationMember),
  receipts: z.array(receipt).meta({ description: 'Mine always; others where they are shared' }),
  lastMessage: message.nullable(),
  unread: z.int().meta({
    description:
      'Messages of others after my readSeq but for replies in threads, counted up to 1,000. Who reads on from there counts down from 1,000',
  }),
  mentions: mentions.meta({
    description: 'Messages after my readSeq that mention me: how many, and where; the latest',
  }),
  pins: z.array(id).meta({ description: 'Pinned messages, the first pinned first' }),
  saved: z.array(id).meta({ description: 'Messages that I saved' }),
  drafts: z.array(draft),
  threads: z.array(threadStanding).meta({ description: 'Threads that I follow with something unread; the latest 200' }),
  supportCan: supportCan.optional().meta({ description: 'Of support cases: what I may do with it' }),
});
export type ConversationState = z.infer<typeof conversationState>;

/** A conversation as one member gets it by REST. */
export const myConversation = conversationState.extend({ can: conversationCan });
export type MyConversation = z.infer<typeof myConversation>;
