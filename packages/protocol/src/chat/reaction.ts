import { z } from 'zod';
import { event } from '../core/event.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { id, nothing, text } from '../core/primitives.ts';

const SHORTCODE = /^:[a-z0-9_+-]{1,30}:$/;
const EMOJI = /^\p{RGI_Emoji}$/v;
/** Characters that are shown as text unless U+FE0F follows; skin tones replace it. */
const TEXT_BY_DEFAULT = /[\p{Emoji}--\p{Emoji_Presentation}](?!\p{Emoji_Modifier})/gv;

/** Normalizes an emoji: with U+FE0F exactly where Unicode recommends it. Other text is unchanged. */
function canonicalEmoji(value: string): string {
  const bare = value.replaceAll('\ufe0f', '');
  return [bare, bare.replace(TEXT_BY_DEFAULT, '$&\ufe0f')].find((spelling) => EMOJI.test(spelling)) ?? value;
}

/** True for a single emoji that Unicode recommends, and for a `:shortcode:`. */
function isEmoji(value: string): boolean {
  return SHORTCODE.test(value) || EMOJI.test(value);
}

/** A normalized emoji, or a `:shortcode:` that clients know. */
export const emoji = text(1, 32, canonicalEmoji).refine(isEmoji, { error: 'is not one emoji or a :shortcode:' });

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
    example: { emoji: '👍' },
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
    example: { emoji: '👍' },
    input: z.strictObject({ messageId: id, emoji }),
    output: nothing,
    errors: ['archived'],
  }),
});

const change = z.object({ conversationId: id, messageId: id, userId: id, emoji: z.string() });

export const reactionEvents = {
  'reaction:added': event({ summary: 'A reaction was added', on: ['conversation'], external: false, data: change }),
  'reaction:removed': event({ summary: 'A reaction was removed', on: ['conversation'], external: false, data: change }),
} as const;
