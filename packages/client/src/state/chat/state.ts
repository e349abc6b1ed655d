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

/** A conversation; its people and receipts by user id, its threads and drafts in threads by the first message. */
export interface LiveConversation
  extends Readonly<Omit<ConversationState, 'members' | 'receipts' | 'threads' | 'drafts'>> {
  /** The one outside of threads as `''`. */
  readonly drafts: ById<Draft>;
  /** Those that I follow and that have something unread. */
  readonly threads: ById<ThreadStanding>;
  readonly members: ById<ConversationMember>;
  readonly receipts: ById<Receipt>;
}

/** The stretch of a conversation's history that is loaded, without holes, oldest first. */
export interface MessageWindow {
  readonly items: readonly Message[];
  readonly moreBefore: boolean;
  /** False: it ends with the newest message and grows with the stream. */
  readonly moreAfter: boolean;
}

/** The stretch of a thread that is loaded: its replies, oldest first. */
export interface ThreadWindow extends MessageWindow {
  /** The message that they reply to. */
  readonly root: Message;
  /** How far I have read it, and whether I follow it. */
  readonly standing: Readonly<MyThreadStanding>;
}

export interface ChatState {
  readonly conversations: ById<LiveConversation>;
  /** By conversation, where some has been loaded. */
  readonly messages: ById<MessageWindow>;
  /** By the first message of a thread, where some of its replies have been loaded. */
  readonly replies: ById<ThreadWindow>;
}

/** Reducers of chat; some depend on who I am. */
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
