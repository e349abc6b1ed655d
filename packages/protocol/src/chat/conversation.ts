import { z } from 'zod';
import { id, instant, seq, version } from '../core/primitives.ts';
import { retentionDays } from '../workspaces/retention-days.ts';
import { draft } from './drafts.ts';
import { chatSizes } from './limits.ts';
import { message } from './message.ts';
import { receipt } from './receipt.ts';
import { supportCase } from './support-case.ts';
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
  name: z.string().nullable().meta({ description: 'null for direct conversations; show the other person instead' }),
  topic: z.string(),
  archivedAt: instant.nullable(),
  createdBy: id.nullable(),
  createdAt: instant,
  version,
  retentionDays: retentionDays.meta({
    description: "Days that messages are kept; null: the workspace's setting applies",
  }),
  support: supportCase.optional().meta({ description: 'Only for support cases' }),
});
export type Conversation = z.infer<typeof conversation>;

const may = (description: string) => z.boolean().meta({ description });

/** What the caller may do with a conversation in its current state. */
export const conversationCan = z.object({
  send: may('Send messages, react and reply'),
  mentionAll: may('Mention everyone with @channel or @here'),
  pin: may('Pin and unpin messages'),
  moderate: may("Delete other people's messages and see earlier versions of them"),
  update: may('Change the name and the topic'),
  archive: may('Archive and unarchive'),
  delete: z.boolean(),
  addMembers: z.boolean(),
  removeMembers: z.boolean(),
  join: z.boolean(),
  leave: z.boolean(),
  export: z.boolean(),
  webhooks: may('Create and manage webhooks'),
  retention: may('Set the retention period'),
  take: may('Take the support case while it is unassigned'),
  handOver: may('Assign the support case to someone else, or return it to the queue'),
  close: may('Close the support case'),
  reopen: may('Reopen the support case: agents by taking it, the customer by writing'),
});
export type ConversationCan = z.infer<typeof conversationCan>;

/** Positions of the latest unread mentions of the caller; there may be more. */
export const mentions = z.array(seq).max(chatSizes.mentions);

/** A conversation as one user sees it: in their live state, and over REST. */
export const conversationState = conversation.extend({
  members: z.array(conversationMember),
  receipts: z.array(receipt).meta({ description: 'Your own, and those of other members if receipts are shared' }),
  lastMessage: message.nullable(),
  unread: z.int().meta({
    description:
      'Messages from others after your readSeq, excluding thread replies, counted up to 1,000. Clients count down from there',
  }),
  mentions: mentions.meta({
    description: 'Positions of the latest messages after your readSeq that mention you',
  }),
  pins: z.array(id).meta({ description: 'Pinned messages, oldest pin first' }),
  saved: z.array(id).meta({ description: 'Messages that you saved' }),
  drafts: z.array(draft),
  threads: z
    .array(threadStanding)
    .meta({ description: 'The latest 200 threads that you follow and that have unread replies' }),
  can: conversationCan,
});
export type ConversationState = z.infer<typeof conversationState>;
