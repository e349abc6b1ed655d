import type { Message, User } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { usersById } from '../../identity/index.ts';
import { absentFrom } from './member-store.ts';

/** Whom a message names: its author unless that is a webhook, who reacted, and who is in its thread. */
function peopleOf({ reactions = [], senderId, thread, via }: Message): string[] {
  return [
    ...(via === undefined ? [senderId] : []),
    ...reactions.flatMap(({ userIds }) => userIds),
    ...(thread?.participants ?? []),
  ];
}

/**
 * The profiles of people whom messages of a conversation name and who are no longer in it. Whoever may read a message
 * may know who wrote it: members see the others in their state, but nobody tells them of those who have left.
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
