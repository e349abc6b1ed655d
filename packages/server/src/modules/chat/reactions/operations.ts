import { reactions, sizes } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { lockMessageForChange } from '../rows/lock-message.ts';
import { conversationStream } from '../rows/stream.ts';
import { hasReacted, takesReaction, withoutReaction, withReaction } from './reactions.ts';
import { writeReactions } from './store.ts';

/** Operations to add and remove reactions. */
export const reactionOperations: readonly Implementation[] = [
  command(reactions.add, async ({ actor: { userId }, append, input: { emoji }, subject, tx }) => {
    const message = await lockMessageForChange(tx, subject);
    if (message.deleted_at !== null) throw problem('conflict', 'The message was deleted.');
    if (hasReacted(message.reactions, emoji, userId)) return {};
    if (!takesReaction(message.reactions, emoji)) {
      const limit = `${sizes.reactionEmojis} different reactions and ${sizes.reactions} in all`;
      throw problem('conflict', `A message takes ${limit}.`);
    }
    await writeReactions(tx, message, withReaction(message.reactions, emoji, userId));
    const { id: messageId, conversation_id: conversationId } = message;
    append(conversationStream(conversationId), 'reaction:added', { conversationId, messageId, userId, emoji });
    return {};
  }),

  command(reactions.remove, async ({ actor: { userId }, append, input: { emoji }, subject, tx }) => {
    const message = await lockMessageForChange(tx, subject);
    if (!hasReacted(message.reactions, emoji, userId)) return {};
    await writeReactions(tx, message, withoutReaction(message.reactions, emoji, userId));
    const { id: messageId, conversation_id: conversationId } = message;
    append(conversationStream(conversationId), 'reaction:removed', { conversationId, messageId, userId, emoji });
    return {};
  }),
];
