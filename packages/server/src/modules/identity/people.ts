import type { Me, Preferences, User } from '@atrium/protocol';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import { problem } from '../../platform/module/index.ts';
import {
  findAccount,
  findAccounts,
  findIdsByUsername,
  findProfiles,
  holdAccount,
  holdAccounts,
} from './rows/account-store.ts';
import { presentMe, presentPreferences, presentUser } from './rows/present.ts';

/** The public profiles of people, by id; who does not exist is missing. */
export async function usersById(db: Executor, ids: readonly string[]): Promise<Map<string, User>> {
  return new Map((await findProfiles(db, ids)).map((row) => [row.id, presentUser(row)]));
}

/** The public profile of somebody who is put into something by this transaction; undefined: the account is gone. */
export async function activeUser(tx: Transaction, id: string): Promise<User | undefined> {
  const account = await holdAccount(tx, id);
  return account && presentUser(account);
}

/** What others see of these people stays as it is until the transaction ends: who changes it meanwhile waits. */
export function holdProfiles(tx: Transaction, ids: readonly string[]): Promise<void> {
  return holdAccounts(tx, ids);
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

/** How somebody can be reached. */
export interface Contact {
  id: string;
  name: string;
  /** Null: none, or one that is not verified. */
  email: string | null;
  timezone: string;
}

/** How people can be reached, by id; programs, and who is gone, are missing. */
export async function contactsById(db: Executor, ids: readonly string[]): Promise<Map<string, Contact>> {
  const people = (await findAccounts(db, ids)).filter(({ is_bot, deleted_at }) => !is_bot && deleted_at === null);
  return new Map(
    people.map(({ id, name, email, email_verified_at, timezone }) => [
      id,
      { id, name, email: email_verified_at === null ? null : email, timezone },
    ]),
  );
}
