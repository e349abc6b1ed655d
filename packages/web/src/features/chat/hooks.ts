import type { ClientState, LiveConversation } from '@atrium/client';
import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { timeline } from '../../live/derived.ts';
import { useLive } from '../../live/use-live.ts';
import { useOperation } from '../../live/use-operation.ts';
import type { MentionLookup } from '../../text/message-text.tsx';
import { formerIn, type KnownPerson, othersIn, personIn, titleOf } from './model/conversations.ts';

/** True if two objects have the same values. */
export function sameValues<Thing extends object>(one: Thing, other: Thing): boolean {
  const keys = Object.keys(one) as (keyof Thing)[];
  return keys.length === Object.keys(other).length && keys.every((key) => Object.is(one[key], other[key]));
}

const sameItems = <Item>(one: readonly Item[], other: readonly Item[]) =>
  one.length === other.length && one.every((item, at) => Object.is(item, other[at]));
const samePeople = (one: readonly KnownPerson[], other: readonly KnownPerson[]) =>
  one.length === other.length && one.every((person, at) => sameValues(person, other[at] as KnownPerson));

export const useConversation = (id: string) => useLive(({ conversations }) => conversations[id]);

/** The name of a conversation. */
export function useTitle(conversation: LiveConversation | undefined): string {
  const { t } = useLingui();
  const nobody = {
    support: t`Support case`,
    direct: useFormerName(conversation) ?? t`Somebody who left`,
    group: t`Only you`,
    channel: '',
  }[conversation?.kind ?? 'channel'];
  return useLive((state) => (conversation ? titleOf(state, conversation, nobody) : ''));
}

/** The name of whom a direct conversation was with, for those who may still know it: who may read what they wrote. */
function useFormerName(conversation: LiveConversation | undefined): string | undefined {
  const id = useLive((state) => conversation && formerIn(state, conversation));
  const known = useLive(({ people }) => (id === undefined ? undefined : people[id]?.name));
  const { data } = useOperation('users.get', id === undefined || known !== undefined ? undefined : { userId: id });
  return known ?? data?.name;
}

/** The others in a conversation; worked out anew only when its members or the people known here have changed. */
export function useOthers(conversation: LiveConversation | undefined): KnownPerson[] {
  const me = useLive((state) => state.me);
  const people = useLive((state) => state.people);
  const workspaceId = conversation?.workspaceId ?? '';
  const workspace = useLive(({ workspaces }) => workspaces[workspaceId]);
  const members = conversation?.members;
  return useMemo(() => {
    const workspaces = workspace ? { [workspaceId]: workspace } : {};
    return members ? othersIn({ me, people, workspaces }, { members, workspaceId }) : [];
  }, [me, people, workspace, members, workspaceId]);
}

/** A person of a workspace, with the profile known here. */
export function usePerson(workspaceId: string, userId: string): KnownPerson | undefined {
  return useLive(
    (state) => personIn(state, workspaceId, userId),
    (one, other) => one === other || (one !== undefined && other !== undefined && sameValues(one, other)),
  );
}

/** Several people of a workspace; unknown ones are left out. */
export const usePeopleOf = (workspaceId: string, userIds: readonly string[]): KnownPerson[] =>
  useLive((state) => userIds.flatMap((id) => personIn(state, workspaceId, id) ?? []), samePeople);

/** The people that names in the messages of a workspace mention. */
export function useMentionLookup(workspaceId: string): MentionLookup {
  const members = useLive(({ workspaces }) => workspaces[workspaceId]?.members);
  const myId = useLive(({ me }) => me?.id);
  return useMemo(() => {
    const people = Object.values(members ?? {}).flatMap(({ user }) =>
      user.username ? [[user.username, user] as const] : [],
    );
    const byName = new Map(people);
    return (name) => {
      if (name === 'here' || name === 'channel') return { label: name, isMe: true };
      const user = byName.get(name);
      return user && { label: user.name, isMe: user.id === myId };
    };
  }, [members, myId]);
}

/** The loaded part of a conversation, with pending messages. */
export const useTimeline = (conversationId: string) => {
  const messages = useLive((state) => state.messages[conversationId]);
  const pending = useLive((state: ClientState) => timeline(state, conversationId).pending, sameItems);
  return { window: messages, pending };
};
