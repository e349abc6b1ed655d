import { z } from 'zod';
import { id, instant, isVisible, seq, text, version } from '../core/primitives.ts';
import { attachment } from '../files/attachment.ts';
import { user } from '../identity/user.ts';
import { chatSizes } from './limits.ts';
import { reaction } from './reaction.ts';

/** `file` and `image` have attachments; `system` messages come only from the server. */
export const messageType = z.enum(['text', 'image', 'file', 'system']);

/** The webhook that sent a message, as it presents itself. */
export const messageVia = z.object({
  webhookId: id,
  name: z.string(),
  avatar: z.string().nullable().meta({ description: 'URL of a picture' }),
  emoji: z.string().nullable().meta({ description: 'Name of an emoji to show instead of a picture, such as `tada`' }),
});
export type MessageVia = z.infer<typeof messageVia>;

/** A summary of a thread, on its root message. */
export const threadSummary = z.object({
  replyCount: z.int().meta({ description: 'Excludes deleted replies' }),
  lastReplyAt: instant,
  lastReplySeq: seq,
  participants: z.array(id).meta({ description: 'At most 5, most recent first' }),
});
export type ThreadSummary = z.infer<typeof threadSummary>;

/** Optional fields are omitted rather than null, to keep the most frequent object small. */
export const message = z.object({
  id,
  conversationId: id,
  seq: seq.meta({ description: "Position in the conversation's stream" }),
  senderId: id,
  clientMessageId: id,
  type: messageType,
  content: z.string().meta({ description: 'Empty if the message was deleted' }),
  replyTo: id.nullable(),
  createdAt: instant,
  version,
  editedAt: instant.optional(),
  reactions: z.array(reaction).optional(),
  threadId: id.optional().meta({ description: 'Only for replies: the root message of the thread' }),
  thread: threadSummary.optional(),
  mentions: z
    .array(id)
    .optional()
    .meta({ description: 'Users mentioned by @name who were members when it was sent or last edited' }),
  mentionScope: z
    .enum(['here', 'channel'])
    .optional()
    .meta({ description: 'Whether the message mentions everyone with @here or @channel' }),
  deletedAt: instant
    .optional()
    .meta({ description: 'Set if the message was deleted; it keeps its position without its content' }),
  attachments: z.array(attachment).optional(),
  via: messageVia
    .optional()
    .meta({ description: 'Only for messages from a webhook; `senderId` is then the id of the webhook' }),
});
export type Message = z.infer<typeof message>;

/** The people a page of messages refers to who are no longer members of its conversation. */
export const formerPeople = z.array(user).meta({
  description: 'Profiles of people on this page who are no longer in the conversation',
});

/** The content of a message. */
export const messageContent = text(1, chatSizes.message).refine(isVisible, { error: 'is empty' });

/** An earlier version of a message that was edited or deleted. */
export const messageRevision = z.object({
  version: version.meta({ description: 'Version number of this revision' }),
  content: z.string(),
  action: z.enum(['edited', 'deleted']).meta({ description: 'How the next version was created' }),
  changedBy: id,
  changedAt: instant,
});
export type MessageRevision = z.infer<typeof messageRevision>;
