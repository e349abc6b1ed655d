import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { problem, type UserActor } from '../../../platform/module/index.ts';
import { type AccountRow, findAccount, lockAccount } from '../rows/account-store.ts';
import { isLive, signedInAt } from '../sessions/store.ts';
import type { PasswordHasher } from './hasher.ts';

/** How long after signing in no further proof of identity is needed. */
const FRESH_MS = 10 * 60_000;

/** The caller and their proof of identity. */
export interface Claim {
  actor: UserActor;
  password: string | undefined;
  now: Date;
}

/**
 * Requires the password, or a recent sign-in, so that an unattended device is not enough.
 * @param always requires the password, if there is one, even after a recent sign-in
 * @returns the hash that the password matches; null if none was needed
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
 * Locks the caller's account, if the call is still authorized: a new password ends sessions and invalidates earlier
 * proofs, also for calls in progress.
 * @param fittingHash the result of `reauthenticate`, if it was called
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
