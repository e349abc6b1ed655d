import { z } from 'zod';
import { sizes } from '../limits.ts';
import { id, instant, seq, text } from '../primitives.ts';

/** `file` and `image` come with attachments, `system` only from the server. */
export const messageType = z.enum(['text', 'image', 'file', 'system']);

export const message = z.object({
  id,
  conversationId: id,
  seq: seq.meta({ description: "Its place in the conversation's stream" }),
  senderId: id,
  clientMessageId: id,
  type: messageType,
  content: z.string(),
  replyTo: id.nullable(),
  createdAt: instant,
});
export type Message = z.infer<typeof message>;

/** What a message says. */
export const messageContent = text(1, sizes.message).refine((value) => value.trim().length > 0, { error: 'is empty' });
