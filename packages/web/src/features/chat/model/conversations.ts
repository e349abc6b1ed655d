import type { ClientState, LiveConversation } from '@atrium/client';

/** A person as far as they are known here. */
export interface KnownPerson {
  id: string;
  name: string;
  username: string | null;
  picture: string | null;
  isBot: boolean;
}

type People = Pick<ClientState, 'workspaces' | 'me' | 'people'>;

/** Somebody of a workspace, or who was in it and wrote what can be read; undefined when nothing is known of them. */
export function personIn(
  { workspaces, me, people }: People,
  workspaceId: string,
  userId: string,
): KnownPerson | undefined {
  const here = workspaces[workspaceId]?.members[userId]?.user ?? (me?.id === userId ? me : undefined);
  const user = here ?? people[userId];
  return user && { id: user.id, name: user.name, username: user.username, picture: user.avatar, isBot: user.isBot };
}

/** The other members of a conversation who are known, by name. */
export function othersIn(
  state: People,
  { members, workspaceId }: Pick<LiveConversation, 'members' | 'workspaceId'>,
): KnownPerson[] {
  return Object.keys(members)
    .filter((id) => id !== state.me?.id)
    .flatMap((id) => personIn(state, workspaceId, id) ?? [])
    .sort((one, other) => one.name.localeCompare(other.name));
}

/**
 * Whom a direct conversation was with that the other one has left: whoever opened it or wrote in it and is not me.
 * Undefined while neither is known.
 */
export function formerIn(
  { me, messages }: Pick<ClientState, 'me' | 'messages'>,
  { createdBy, id, kind, lastMessage, members }: LiveConversation,
): string | undefined {
  if (kind !== 'direct') return undefined;
  const senders = messages[id]?.items.map(({ senderId }) => senderId) ?? [];
  const other = [lastMessage?.senderId, createdBy, ...senders].find((userId) => userId && userId !== me?.id);
  return other && members[other] ? undefined : (other ?? undefined);
}

/**
 * What a conversation is called: by its name, by the customer of a support case, or by the others who are in it.
 * @param nobody what it is called when nobody else is left
 */
export function titleOf(state: People, conversation: LiveConversation, nobody: string): string {
  if (conversation.name) return conversation.name;
  const { support, workspaceId } = conversation;
  const customer =
    support?.customerId && support.customerId !== state.me?.id && personIn(state, workspaceId, support.customerId);
  if (customer) return customer.name;
  const names = othersIn(state, conversation).map(({ name }) => name);
  if (names.length === 0) return nobody;
  return names.length === 1 ? (names[0] ?? nobody) : names.map((name) => name.split(' ')[0]).join(', ');
}

/** The sections of the list of conversations. */
export interface ConversationSections {
  channels: LiveConversation[];
  direct: LiveConversation[];
  support: LiveConversation[];
}

/** The conversations of a workspace that are not archived, and all direct ones: channels by name, the others with the latest first. */
export function sectionsOf(
  state: Pick<ClientState, 'conversations'>,
  workspaceId: string | undefined,
): ConversationSections {
  const here = Object.values(state.conversations).filter(
    (each) => each.workspaceId === workspaceId && (each.archivedAt === null || each.kind === 'direct'),
  );
  const latest = (one: LiveConversation, other: LiveConversation) =>
    lastAt(other).localeCompare(lastAt(one)) || one.id.localeCompare(other.id);
  return {
    channels: here
      .filter(({ kind }) => kind === 'channel')
      .sort((one, other) => (one.name ?? '').localeCompare(other.name ?? '', undefined, { numeric: true })),
    direct: here.filter(({ kind }) => kind === 'direct' || kind === 'group').sort(latest),
    support: here.filter(({ kind, support }) => kind === 'support' && support?.status !== 'closed').sort(latest),
  };
}

/** When the last message in a conversation was sent, or when it was created. */
export function lastAt({ lastMessage, createdAt }: LiveConversation): string {
  return lastMessage?.createdAt ?? createdAt;
}

/** Whether a conversation has unread messages, or a thread in it has unread replies. */
export function isUnread({ unread, threads }: Pick<LiveConversation, 'unread' | 'threads'>): boolean {
  return unread > 0 || Object.values(threads).some((thread) => thread.unread > 0);
}

/** The next conversation with unread messages after the open one, those with mentions first. */
export function nextUnread(
  conversations: readonly LiveConversation[],
  openId: string | undefined,
): LiveConversation | undefined {
  const at = conversations.findIndex(({ id }) => id === openId);
  const around = [...conversations.slice(at + 1), ...conversations.slice(0, Math.max(at, 0))].filter(isUnread);
  return around.find(({ mentions }) => mentions.length > 0) ?? around[0];
}
