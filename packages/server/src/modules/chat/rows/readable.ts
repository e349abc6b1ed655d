import type { User } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { type AccessLoaders, problem } from '../../../platform/module/index.ts';
import { usersById } from '../../identity/index.ts';
import { rolesOf, seenBy } from '../../workspaces/index.ts';
import { mayBrowse } from './policy.ts';
import { conversationIdsFor, writersAmong } from './readable-store.ts';

declare module '../../../platform/module/index.ts' {
  interface AccessSubjects {
    'user:known': User;
  }
}

/** The ids of all conversations whose messages a person may read, joined or not. */
export async function readableConversationIds(db: Executor, userId: string): Promise<string[]> {
  const roles = [...(await rolesOf(db, userId))];
  const open = roles.filter(([, role]) => mayBrowse(role)).map(([workspaceId]) => workspaceId);
  return conversationIdsFor(db, userId, open);
}

/** Those of several people whom somebody sees, or whose messages they may read, also after they have gone. */
export async function knownAmong(db: Executor, readerId: string, userIds: readonly string[]): Promise<string[]> {
  const seen = await seenBy(db, readerId, userIds);
  const others = userIds.filter((id) => !seen.includes(id));
  if (others.length === 0) return seen;
  return [...seen, ...(await writersAmong(db, others, await readableConversationIds(db, readerId)))];
}

/** True when somebody sees a person, or may read what they wrote, also after they have gone. */
export async function isKnownTo(db: Executor, readerId: string, userId: string): Promise<boolean> {
  return (await knownAmong(db, readerId, [userId])).length > 0;
}

/** Loads people for users who see them, and for users who may read their messages, also after they have left. */
export const knownPeopleAccess: AccessLoaders = {
  async 'user:known'(db, actor, input) {
    const userId = String(input.userId);
    const isKnown = await isKnownTo(db, actor.userId, userId);
    const user = isKnown ? (await usersById(db, [userId])).get(userId) : undefined;
    if (user === undefined) throw problem('not_found');
    return user;
  },
};
