import type { Executor } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import { findAccountByEmail, insertAccount } from '../rows/account-store.ts';
import { presentMe } from '../rows/present.ts';
import { rejectDuplicates } from '../rows/reject-duplicates.ts';

/** A person who has an account without having signed up. */
export interface UnclaimedAccount {
  /** By default a new one. */
  id?: string;
  name: string;
  username: string | null;
  email: string;
  /** IANA name. */
  timezone: string;
}

/**
 * Creates an account for another person. Nobody can sign in to it until the owner of its address takes it over, by
 * "Forgot password?" or through a provider. Until then it gets no other mail.
 * @throws `email_taken`, `username_taken`
 */
export async function createUnclaimedAccount(
  work: Work,
  { id = newId(), name, username, email, timezone }: UnclaimedAccount,
): Promise<string> {
  const account = await rejectDuplicates(
    insertAccount(work.tx, {
      id,
      email,
      name,
      username,
      password_hash: null,
      role: 'user',
      timezone,
      created_at: work.now,
    }),
  );
  await work.tell('account:registered', { account: presentMe(account) });
  return account.id;
}

/**
 * Finds the account of an address.
 * @returns `isProven`: the owner reads mail at the address, or nobody can sign in to the account before they do
 */
export async function accountOfAddress(
  db: Executor,
  email: string,
): Promise<{ id: string; isProven: boolean } | undefined> {
  const account = await findAccountByEmail(db, email);
  if (account === undefined) return undefined;
  return { id: account.id, isProven: account.email_verified_at !== null || account.password_hash === null };
}
