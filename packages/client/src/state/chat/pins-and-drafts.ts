import { without } from '../by-id.ts';
import { type ChatReducers, changeConversation } from './state.ts';

/** Reducers for pins, saved messages and drafts of a conversation. */
export const pinAndDraftReducers = {
  'pin:added': (state, { conversationId, messageId }) =>
    changeConversation(state, conversationId, ({ pins }) => ({ pins: including(pins, messageId) })),
  'pin:removed': (state, { conversationId, messageId }) =>
    changeConversation(state, conversationId, ({ pins }) => ({ pins: excluding(pins, messageId) })),
  'saved:added': (state, { conversationId, messageId }) =>
    changeConversation(state, conversationId, ({ saved }) => ({ saved: including(saved, messageId) })),
  'saved:removed': (state, { conversationId, messageId }) =>
    changeConversation(state, conversationId, ({ saved }) => ({ saved: excluding(saved, messageId) })),
  'draft:updated': (state, { conversationId, draft, threadId }) =>
    changeConversation(state, conversationId, ({ drafts }) => {
      const place = threadId ?? '';
      return { drafts: draft ? { ...drafts, [place]: draft } : without(drafts, place) };
    }),
} satisfies ChatReducers;

function including(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids : [...ids, id];
}

function excluding(ids: string[], id: string): string[] {
  return ids.includes(id) ? ids.filter((each) => each !== id) : ids;
}
