import type { StreamName } from '@atrium/protocol';
import { filterById, without } from '../by-id.ts';
import type { IdentityState } from '../identity.ts';
import type { Slice } from '../slice.ts';
import { conversationReducers } from './conversations.ts';
import { messageReducers } from './messages.ts';
import { pinAndDraftReducers } from './pins-and-drafts.ts';
import { receiptReducers } from './receipts.ts';
import { type ChatState, fromSnapshot } from './state.ts';
import { threadReducers } from './threads.ts';
import { newestWindows } from './window.ts';

const streamOf = (conversationId: string): StreamName => `conversation:${conversationId}`;

export const chat = {
  empty: { conversations: {}, messages: {} },
  fromSnapshot,
  reducers: {
    ...conversationReducers,
    ...receiptReducers,
    ...messageReducers,
    ...pinAndDraftReducers,
    ...threadReducers,
  },
  opens: {
    'conversation:joined': ({ asOf, conversation }) => ({ stream: streamOf(conversation.id), asOf }),
  },
  closes: {
    'conversation:left': ({ conversationId }) => [streamOf(conversationId)],
    'workspace:left': ({ workspaceId }, { conversations }) =>
      Object.values(conversations).flatMap((each) => (each.workspaceId === workspaceId ? [streamOf(each.id)] : [])),
  },
  forget({ conversations, messages }, stream) {
    if (!stream.startsWith('conversation:')) return {};
    const id = stream.slice('conversation:'.length);
    return { conversations: without(conversations, id), messages: without(messages, id) };
  },
  keep: ({ messages }, moved) => ({ messages: filterById(messages, (_, id) => !moved.has(streamOf(id))) }),
  persist: ({ conversations, messages }) => ({ messages: newestWindows(conversations, messages) }),
} satisfies Slice<ChatState, IdentityState>;
