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

/** The public profiles of people, by id; ids without an account are missing. */
export async function usersById(db: Executor, ids: readonly string[]): Promise<Map<string, User>> {
  return new Map((await findProfiles(db, ids)).map((row) => [row.id, presentUser(row)]));
}

/** The public profile of somebody whom this transaction adds to something; undefined if the account is gone. */
export async function activeUser(tx: Transaction, id: string): Promise<User | undefined> {
  const account = await holdAccount(tx, id);
  return account && presentUser(account);
}

/** Keeps the public profiles of these people unchanged until the transaction ends: other changes wait. */
export function holdProfiles(tx: Transaction, ids: readonly string[]): Promise<void> {
  return holdAccounts(tx, ids);
}

/** Ids by lower-case username; usernames without an account are missing. */
export function idsByUsername(db: Executor, usernames: readonly string[]): Promise<Map<string, string>> {
  return findIdsByUsername(db, usernames);
}

/** The preferences of people, by id; ids without an account are missing. */
export async function preferencesById(db: Executor, ids: readonly string[]): Promise<Map<string, Preferences>> {
  return new Map((await findProfiles(db, ids)).map((row) => [row.id, presentPreferences(row.preferences)]));
}

/** A user's own view of their account. Throws `not_found`. */
export async function meOf(db: Executor, userId: string): Promise<Me> {
  const account = await findAccount(db, userId);
  if (account === undefined) throw problem('not_found');
  return presentMe(account);
}

/** How a user can be reached. */
export interface Contact {
  id: string;
  name: string;
  /** Null if there is none, or if it is not verified. */
  email: string | null;
  timezone: string;
}

/** Contact data of people, by id; bots and deleted accounts are missing. */
export async function contactsById(db: Executor, ids: readonly string[]): Promise<Map<string, Contact>> {
  const people = (await findAccounts(db, ids)).filter(({ is_bot, deleted_at }) => !is_bot && deleted_at === null);
  return new Map(
    people.map(({ id, name, email, email_verified_at, timezone }) => [
      id,
      { id, name, email: email_verified_at === null ? null : email, timezone },
    ]),
  );
}
