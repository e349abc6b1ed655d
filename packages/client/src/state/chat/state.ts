import type {
  ConversationMember,
  ConversationState,
  Draft,
  Message,
  MyThreadStanding,
  Receipt,
  Snapshot,
  ThreadStanding,
} from '@atrium/protocol';
import { type ById, byId, patchById } from '../by-id.ts';
import type { IdentityState } from '../identity.ts';
import type { Reducers } from '../slice.ts';

/** A conversation; its members and receipts by user id, its threads and drafts in threads by the first message. */
export interface LiveConversation
  extends Readonly<Omit<ConversationState, 'members' | 'receipts' | 'threads' | 'drafts'>> {
  /** The draft outside of threads has the key `''`. */
  readonly drafts: ById<Draft>;
  /** Threads that I follow with unread replies. */
  readonly threads: ById<ThreadStanding>;
  readonly members: ById<ConversationMember>;
  readonly receipts: ById<Receipt>;
}

/** The loaded part of a conversation's history, without gaps, oldest first. */
export interface MessageWindow {
  readonly items: readonly Message[];
  readonly moreBefore: boolean;
  /** False: it ends with the newest message and is updated by the stream. */
  readonly moreAfter: boolean;
}

/** The loaded part of a thread: its replies, oldest first. */
export interface ThreadWindow extends MessageWindow {
  /** The first message of the thread. */
  readonly root: Message;
  /** My read position in it, and whether I follow it. */
  readonly standing: Readonly<MyThreadStanding>;
}

export interface ChatState {
  readonly conversations: ById<LiveConversation>;
  /** By conversation, if any part is loaded. */
  readonly messages: ById<MessageWindow>;
  /** By the first message of a thread, if any of its replies are loaded. */
  readonly replies: ById<ThreadWindow>;
}

/** Reducers of chat; some depend on the signed-in user. */
export type ChatReducers = Reducers<ChatState, IdentityState>;

/** Chat's part of a snapshot; no history is loaded. */
export function fromSnapshot({ conversations }: Snapshot): ChatState {
  return { conversations: byId(conversations.map(toLiveConversation), ({ id }) => id), messages: {}, replies: {} };
}

export function toLiveConversation({
  members,
  receipts,
  threads,
  drafts,
  ...conversation
}: ConversationState): LiveConversation {
  return {
    ...conversation,
    threads: byId(threads, ({ threadId }) => threadId),
    drafts: byId(drafts, ({ threadId }) => threadId ?? ''),
    members: byId(members, ({ userId }) => userId),
    receipts: byId(receipts, ({ userId }) => userId),
  };
}

/** Changes one conversation, if it is there. */
export function changeConversation(
  { conversations }: Pick<ChatState, 'conversations'>,
  id: string,
  change: (conversation: LiveConversation) => Partial<LiveConversation>,
): Pick<ChatState, 'conversations'> {
  return { conversations: patchById(conversations, id, change) };
}
