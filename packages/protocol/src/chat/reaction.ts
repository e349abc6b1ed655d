import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { id, nothing, text } from '../core/primitives.ts';

/** Made when first needed: the first one in a process takes 7 ms. */
let graphemes: Intl.Segmenter | undefined;
const SHORTCODE = /^:[a-z0-9_+-]{1,30}:$/;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

/** True for one picture as people see it, whatever it is made of, and for a `:shortcode:`. */
export function isEmoji(value: string): boolean {
  if (SHORTCODE.test(value)) return true;
  if (!PICTURE.test(value)) return false;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...graphemes.segment(value)].length === 1;
}

/** One emoji, or the `:shortcode:` of one that a client knows. */
export const emoji = text(1, 32).refine(isEmoji, { error: 'is not one emoji or a :shortcode:' });

/** Who reacted to a message with the same emoji. Whether I did: whether I am among them. */
export const reaction = z.object({ emoji: z.string(), userIds: z.array(id) });
export type Reaction = z.infer<typeof reaction>;

/** Reacting to messages. */
export const reactions = operationGroup('reactions', {
  add: operation({
    summary: 'React to a message; the same emoji once a person',
    method: 'PUT',
    path: '/messages/:messageId/reactions/:emoji',
    access: 'message:member',
    limit: 'user',
    input: z.strictObject({ messageId: id, emoji }),
    output: nothing,
    errors: ['archived', 'conflict'],
  }),
  remove: operation({
    summary: 'Take my reaction back',
    method: 'DELETE',
    path: '/messages/:messageId/reactions/:emoji',
    access: 'message:member',
    limit: 'user',
    input: z.strictObject({ messageId: id, emoji }),
    output: nothing,
    errors: ['archived'],
  }),
});

const change = z.object({ conversationId: id, messageId: id, userId: id, emoji: z.string() });

export const reactionEvents = {
  'reaction:added': event({ summary: 'Someone reacted to a message', on: ['conversation'], data: change }),
  'reaction:removed': event({ summary: 'Someone took a reaction back', on: ['conversation'], data: change }),
} as const;
