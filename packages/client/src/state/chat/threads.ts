import { patchById, without } from '../by-id.ts';
import { type ChatReducers, type ChatState, changeConversation } from './state.ts';

/** Reducers for positions in threads: kept while there are unread replies. */
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

/** The first message of a reply's thread: the one that it answers, unless that is a reply itself. */
export function threadOf(
  { conversations, messages }: ChatState,
  conversationId: string,
  replyTo: string | undefined,
): string | undefined {
  const last = conversations[conversationId]?.lastMessage;
  const known = [...(messages[conversationId]?.items ?? []), ...(last ? [last] : [])];
  return known.find(({ id }) => id === replyTo)?.threadId ?? replyTo;
}
