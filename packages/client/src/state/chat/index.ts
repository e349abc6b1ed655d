import type { StreamName } from '@atrium/protocol';
import { filterById } from '../by-id.ts';
import type { IdentityState } from '../identity.ts';
import type { Slice } from '../slice.ts';
import { conversationReducers, dropConversation } from './conversations.ts';
import { messageReducers } from './messages.ts';
import { pinAndDraftReducers } from './pins-and-drafts.ts';
import { receiptReducers } from './receipts.ts';
import { type ChatState, fromSnapshot } from './state.ts';
import { threadReducers } from './threads.ts';
import { newestWindows } from './window.ts';

const streamOf = (conversationId: string): StreamName => `conversation:${conversationId}`;

const movesMine = (moved: ReadonlySet<StreamName>) => [...moved].some((stream) => stream.startsWith('user:'));

export const chat = {
  empty: { conversations: {}, messages: {}, replies: {} },
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
  forget: (state, stream) =>
    stream.startsWith('conversation:') ? dropConversation(state, stream.slice('conversation:'.length)) : {},
  keep: ({ messages, replies }, moved) => ({
    messages: filterById(messages, (_, id) => !moved.has(streamOf(id))),
    // My read position in a thread is on my own stream.
    replies: filterById(replies, ({ root }) => !moved.has(streamOf(root.conversationId)) && !movesMine(moved)),
  }),
  persist: ({ conversations, messages }) => ({ messages: newestWindows(conversations, messages), replies: {} }),
} satisfies Slice<ChatState, IdentityState>;
