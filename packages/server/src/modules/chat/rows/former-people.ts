import type { Message, User } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { usersById } from '../../identity/index.ts';
import { absentFrom } from './member-store.ts';

/**
 * The people that a message refers to: its author unless that is a webhook, people who reacted, and participants of its
 * thread.
 */
function peopleOf({ reactions = [], senderId, thread, via }: Message): string[] {
  return [
    ...(via === undefined ? [senderId] : []),
    ...reactions.flatMap(({ userIds }) => userIds),
    ...(thread?.participants ?? []),
  ];
}

/**
 * The profiles of former members to whom messages of a conversation refer. Everyone who may read a message may know who
 * wrote it: clients have the profiles of current members, but not of former ones.
 */
export async function formerPeople(
  db: Executor,
  conversationId: string,
  messages: readonly Message[],
): Promise<User[]> {
  const named = [...new Set(messages.flatMap(peopleOf))];
  if (named.length === 0) return [];
  const absent = await absentFrom(db, conversationId, named);
  return absent.length === 0 ? [] : [...(await usersById(db, absent)).values()];
}
