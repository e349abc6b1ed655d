import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { id, nothing, text } from '../core/primitives.ts';

/** Created on first use: the first segmenter in a process takes 7 ms. */
let graphemes: Intl.Segmenter | undefined;
const SHORTCODE = /^:[a-z0-9_+-]{1,30}:$/;
const PICTURE = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

/** True for a single emoji, however many code points it consists of, and for a `:shortcode:`. */
export function isEmoji(value: string): boolean {
  if (SHORTCODE.test(value)) return true;
  if (!PICTURE.test(value)) return false;
  graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...graphemes.segment(value)].length === 1;
}

/** An emoji, or the `:shortcode:` of one that clients know. */
export const emoji = text(1, 32).refine(isEmoji, { error: 'is not one emoji or a :shortcode:' });

/** The users who reacted to a message with the same emoji. */
export const reaction = z.object({ emoji: z.string(), userIds: z.array(id) });
export type Reaction = z.infer<typeof reaction>;

/** Reactions to messages. */
export const reactions = operationGroup('reactions', {
  add: operation({
    summary: 'Add a reaction',
    description: 'Each user can add the same emoji once.',
    method: 'PUT',
    path: '/messages/:messageId/reactions/:emoji',
    access: 'message:member',
    limit: 'user',
    input: z.strictObject({ messageId: id, emoji }),
    output: nothing,
    errors: ['archived', 'conflict'],
  }),
  remove: operation({
    summary: 'Remove your reaction',
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
  'reaction:added': event({ summary: 'A reaction was added', on: ['conversation'], data: change }),
  'reaction:removed': event({ summary: 'A reaction was removed', on: ['conversation'], data: change }),
} as const;
