import type {
  ConversationMember,
  ConversationState,
  Draft,
  Me,
  Member,
  Message,
  Receipt,
  Snapshot,
  ThreadStanding,
  WorkspaceState,
} from '@atrium/protocol';

/** Things by their id. */
export type ById<Thing> = Readonly<Record<string, Thing>>;

/** A workspace, its people by user id. */
export interface LiveWorkspace extends Readonly<Omit<WorkspaceState, 'members'>> {
  readonly members: ById<Member>;
}

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

/** All that the signed-in person sees. Never changed in place: what is the same object has not changed. */
export interface LiveState {
  /** null until the first snapshot. */
  readonly me: Me | null;
  readonly workspaces: ById<LiveWorkspace>;
  readonly conversations: ById<LiveConversation>;
  /** By conversation, where some has been loaded. */
  readonly messages: ById<MessageWindow>;
}

export const emptyState: LiveState = { me: null, workspaces: {}, conversations: {}, messages: {} };

/** The state of a snapshot; no history is loaded. */
export function fromSnapshot({ conversations, me, workspaces }: Snapshot): LiveState {
  return {
    me,
    workspaces: byId(workspaces.map(toLiveWorkspace), ({ id }) => id),
    conversations: byId(conversations.map(toLiveConversation), ({ id }) => id),
    messages: {},
  };
}

export function toLiveWorkspace({ members, ...workspace }: WorkspaceState): LiveWorkspace {
  return { ...workspace, members: byId(members, ({ user }) => user.id) };
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

/** The message with which the thread of a reply begins: the one that it answers, unless that is a reply itself. */
export function threadOf(
  { conversations, messages }: LiveState,
  conversationId: string,
  replyTo: string | undefined,
): string | undefined {
  const last = conversations[conversationId]?.lastMessage;
  const known = [...(messages[conversationId]?.items ?? []), ...(last ? [last] : [])];
  return known.find(({ id }) => id === replyTo)?.threadId ?? replyTo;
}

/** Things by their ids. */
export function byId<Thing>(things: readonly Thing[], idOf: (thing: Thing) => string): ById<Thing> {
  return Object.fromEntries(things.map((thing) => [idOf(thing), thing]));
}

/** The same without one id; the same object if it was not there. */
export function without<Thing>(things: ById<Thing>, id: string): ById<Thing> {
  if (!(id in things)) return things;
  const { [id]: _, ...rest } = things;
  return rest;
}
