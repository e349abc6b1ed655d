import { patchById, without } from '../by-id.ts';
import { type ChatReducers, type ChatState, changeConversation } from './state.ts';

/** Where I stand in threads: kept while there is something unread. */
export const threadReducers = {
  'thread:standing': (state, { conversationId, ...standing }) => {
    const { following, threadId, ...rest } = standing;
    return {
      ...changeConversation(state, conversationId, ({ threads }) => ({
        threads:
          following && rest.unread > 0 ? { ...threads, [threadId]: { threadId, ...rest } } : without(threads, threadId),
      })),
      replies: patchById(state.replies, threadId, () => ({ standing })),
    };
  },
} satisfies ChatReducers;

/** The message with which the thread of a reply begins: the one that it answers, unless that is a reply itself. */
export function threadOf(
  { conversations, messages }: ChatState,
  conversationId: string,
  replyTo: string | undefined,
): string | undefined {
  const last = conversations[conversationId]?.lastMessage;
  const known = [...(messages[conversationId]?.items ?? []), ...(last ? [last] : [])];
  return known.find(({ id }) => id === replyTo)?.threadId ?? replyTo;
}
