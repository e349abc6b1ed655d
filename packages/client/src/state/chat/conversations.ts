import { filterById, without } from '../by-id.ts';
import { unchanged } from '../slice.ts';
import { type ChatReducers, changeConversation, toLiveConversation } from './state.ts';

/** Conversations that come, change and go. */
export const conversationReducers = {
  'conversation:joined': ({ conversations }, { conversation }) => ({
    conversations: { ...conversations, [conversation.id]: toLiveConversation(conversation) },
  }),
  'conversation:left': ({ conversations, messages }, { conversationId }) => ({
    conversations: without(conversations, conversationId),
    messages: without(messages, conversationId),
  }),
  'conversation:updated': (state, conversation) => changeConversation(state, conversation.id, () => conversation),
  'conversation:can': (state, { can, conversationId }) => changeConversation(state, conversationId, () => ({ can })),
  'support:changed': unchanged,
  'workspace:left': ({ conversations, messages }, { workspaceId }) => {
    const left = filterById(conversations, (conversation) => conversation.workspaceId !== workspaceId);
    return {
      conversations: left,
      messages: filterById(messages, (_, id) => id in left || !(id in conversations)),
    };
  },
} satisfies ChatReducers;
