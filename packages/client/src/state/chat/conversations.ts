import { filterById, without } from '../by-id.ts';
import { unchanged } from '../slice.ts';
import { type ChatReducers, type ChatState, changeConversation, toLiveConversation } from './state.ts';

/** Reducers for conversations that are added, changed and removed. */
export const conversationReducers = {
  'conversation:joined': ({ conversations }, { conversation }) => ({
    conversations: { ...conversations, [conversation.id]: toLiveConversation(conversation) },
  }),
  'conversation:left': (state, { conversationId }) => dropConversation(state, conversationId),
  'conversation:updated': (state, conversation) => changeConversation(state, conversation.id, () => conversation),
  'conversation:can': (state, { can, conversationId }) => changeConversation(state, conversationId, () => ({ can })),
  'support:changed': unchanged,
  'workspace:left': ({ conversations, messages, replies }, { workspaceId }) => {
    const left = filterById(conversations, (conversation) => conversation.workspaceId !== workspaceId);
    const stays = (id: string) => id in left || !(id in conversations);
    return {
      conversations: left,
      messages: filterById(messages, (_, id) => stays(id)),
      replies: filterById(replies, ({ root }) => stays(root.conversationId)),
    };
  },
} satisfies ChatReducers;

/** Drops a conversation with its loaded messages. */
export function dropConversation({ conversations, messages, replies }: ChatState, id: string): ChatState {
  return {
    conversations: without(conversations, id),
    messages: without(messages, id),
    replies: filterById(replies, ({ root }) => root.conversationId !== id),
  };
}
