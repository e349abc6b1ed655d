import { z } from 'zod';
import { id, instant, seq, text, version } from '../core/primitives.ts';
import { chatSizes } from './limits.ts';
import { reaction } from './reaction.ts';

/** `file` and `image` come with attachments, `system` only from the server. */
export const messageType = z.enum(['text', 'image', 'file', 'system']);

/** What spoke, where it was not a person: how it calls itself in this message. */
export const messageVia = z.object({
  webhookId: id,
  name: z.string(),
  avatar: z.string().nullable().meta({ description: 'Address of a picture' }),
  emoji: z.string().nullable().meta({ description: 'Name of an emoji to show as the picture, such as `tada`' }),
});
export type MessageVia = z.infer<typeof messageVia>;

/** What a thread has come to, on the message that it began with. */
export const threadSummary = z.object({
  replyCount: z.int().meta({ description: 'Without deleted ones' }),
  lastReplyAt: instant,
  lastReplySeq: seq,
  participants: z.array(id).meta({ description: 'At most 5, the latest first' }),
});
export type ThreadSummary = z.infer<typeof threadSummary>;

/** What a plain message does not have is left out, so that the one that is sent most stays small. */
export const message = z.object({
  id,
  conversationId: id,
  seq: seq.meta({ description: "Its place in the conversation's stream" }),
  senderId: id,
  clientMessageId: id,
  type: messageType,
  content: z.string().meta({ description: 'Empty when the message was deleted' }),
  replyTo: id.nullable(),
  createdAt: instant,
  version,
  editedAt: instant.optional(),
  reactions: z.array(reaction).optional(),
  threadId: id.optional().meta({ description: 'Of a reply: the message that the thread began with' }),
  thread: threadSummary.optional(),
  mentions: z.array(id).optional().meta({ description: 'Who was meant by @name when it was sent' }),
  mentionScope: z.enum(['here', 'channel']).optional().meta({ description: '@here or @channel' }),
  deletedAt: instant.optional().meta({ description: 'The message keeps its place and says nothing any more' }),
  via: messageVia.optional().meta({ description: 'Of messages from a webhook, of which `senderId` is the id then' }),
});
export type Message = z.infer<typeof message>;

/** What a message says. */
export const messageContent = text(1, chatSizes.message).refine((value) => value.trim().length > 0, {
  error: 'is empty',
});

/** What a message said before it was edited or deleted. */
export const messageRevision = z.object({
  version: version.meta({ description: 'The version that this was' }),
  content: z.string(),
  action: z.enum(['edited', 'deleted']).meta({ description: 'What became of it' }),
  changedBy: id,
  changedAt: instant,
});
export type MessageRevision = z.infer<typeof messageRevision>;
