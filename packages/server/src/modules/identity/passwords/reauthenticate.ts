import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { problem, type UserActor } from '../../../platform/module/index.ts';
import { type AccountRow, findAccount, lockAccount } from '../rows/account-store.ts';
import { isLive, signedInAt } from '../sessions/store.ts';
import type { PasswordHasher } from './hasher.ts';

/** For so long after signing in no further proof of identity is needed. */
const FRESH_MS = 10 * 60_000;

/** The caller, and their proof of identity. */
export interface Claim {
  actor: UserActor;
  password: string | undefined;
  now: Date;
}

/**
 * Requires the password, or a recent sign-in, so that an unattended device is not enough.
 * @param always the password is asked for also then, where there is one
 * @returns the hash that the password fits; null: none was needed
 * @throws `password_wrong`, `reauthentication_required`
 */
export async function reauthenticate(
  db: Executor,
  hasher: PasswordHasher,
  { actor, password, now }: Claim,
  always = false,
): Promise<string | null> {
  const account = await findAccount(db, actor.userId);
  if (account === undefined) throw problem('invalid_token');
  if (password !== undefined) {
    const fits = await hasher.verify(account.password_hash, password);
    if (!fits) throw problem('password_wrong');
    return account.password_hash;
  }
  const since = await signedInAt(db, actor.sessionId);
  const isFresh = since !== undefined && now.getTime() - since.getTime() < FRESH_MS;
  if (!isFresh || (always && account.password_hash !== null)) throw problem('reauthentication_required');
  return null;
}

/**
 * Locks the account of whoever calls, if they are still who they were when the call was let in: a new password ends
 * sessions and what an older one proved, also for calls that are under way.
 * @param fittingHash what `reauthenticate` answered, where it was asked
 * @throws `invalid_token`, `password_wrong`
 */
export async function lockOwnAccount(
  { tx, actor, now }: { tx: Transaction; actor: UserActor; now: Date },
  fittingHash: string | null = null,
): Promise<AccountRow> {
  const account = await lockAccount(tx, actor.userId);
  if (account === undefined || account.disabled_at !== null) throw problem('invalid_token');
  if (!(await isLive(tx, { accountId: account.id, sessionId: actor.sessionId }, now))) throw problem('invalid_token');
  if (fittingHash !== null && account.password_hash !== fittingHash) throw problem('password_wrong');
  return account;
}
