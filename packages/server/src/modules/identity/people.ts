import type { Me, Preferences, User } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { problem } from '../../platform/operations/problem-error.ts';
import { presentMe, presentPreferences, presentUser } from './accounts/present.ts';
import { findAccount, findIdsByUsername, findProfiles } from './accounts/store.ts';

/** The public profiles of people, by id; who does not exist is missing. */
export async function usersById(db: Executor, ids: readonly string[]): Promise<Map<string, User>> {
  return new Map((await findProfiles(db, ids)).map((row) => [row.id, presentUser(row)]));
}

/** Whom usernames in lower case name, by username; who does not exist is missing. */
export function idsByUsername(db: Executor, usernames: readonly string[]): Promise<Map<string, string>> {
  return findIdsByUsername(db, usernames);
}

/** What people prefer, by id; who does not exist is missing. */
export async function preferencesById(db: Executor, ids: readonly string[]): Promise<Map<string, Preferences>> {
  return new Map((await findProfiles(db, ids)).map((row) => [row.id, presentPreferences(row.preferences)]));
}

/** A person as only they see themselves. Throws `not_found`. */
export async function meOf(db: Executor, userId: string): Promise<Me> {
  const account = await findAccount(db, userId);
  if (account === undefined) throw problem('not_found');
  return presentMe(account);
}
