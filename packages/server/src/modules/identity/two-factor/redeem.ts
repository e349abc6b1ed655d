import type { TwoFactorMethod } from '@atrium/protocol';
import type { Transaction } from '../../../platform/database/index.ts';
import { problem } from '../../../platform/module/index.ts';
import type { Keyring } from '../keys/keyring.ts';
import { afterFailure, waitMs } from './policy.ts';
import { recoveryHash } from './recovery.ts';
import { findTwoFactor, saveTwoFactor, type TwoFactorRow, takeRecoveryCode } from './store.ts';
import { totpStep } from './totp.ts';

/** The second factor that a caller presents. */
export interface Proof {
  accountId: string;
  /** As typed. */
  code: string;
  /** Whether it is the code mailed for this purpose; called only where codes are mailed. */
  isMailed(code: string): Promise<boolean>;
}

/** The context in which an account's authenticator secret is sealed. */
export function totpContext(accountId: string): string[] {
  return ['totp', accountId];
}

/**
 * Redeems a second factor, each at most once. The account must be locked, so that tries come one after the other; a
 * wrong one is counted, so the transaction must commit even if the result is undefined.
 * @returns the method it belongs to; undefined if it is wrong
 * @throws `rate_limited` after too many wrong ones
 */
export async function redeemSecondFactor(
  tx: Transaction,
  keys: Pick<Keyring, 'unseal'>,
  proof: Proof,
  now: Date,
): Promise<TwoFactorMethod | undefined> {
  const factors = await findTwoFactor(tx, proof.accountId);
  if (factors === undefined) return undefined;
  const retryAfterMs = waitMs(factors, now);
  if (retryAfterMs > 0) throw problem('rate_limited', { retryAfterMs });
  const found = await match(tx, keys, factors, { proof, now });
  const { failures, failures_since } = found === undefined ? afterFailure(factors, now) : NO_FAILURES;
  await saveTwoFactor(tx, proof.accountId, {
    failures,
    failures_since,
    ...(found?.step === undefined ? {} : { totp_last_step: found.step }),
  });
  return found?.method;
}

const NO_FAILURES = { failures: 0, failures_since: null };

async function match(
  tx: Transaction,
  keys: Pick<Keyring, 'unseal'>,
  factors: TwoFactorRow,
  { proof, now }: { proof: Proof; now: Date },
): Promise<{ method: TwoFactorMethod; step?: number } | undefined> {
  const { accountId, code } = proof;
  const digits = code.replace(/[ -]/g, '');
  if (factors.totp_sealed !== null) {
    const secret = keys.unseal(totpContext(accountId), factors.totp_sealed).toString();
    const step = totpStep(secret, digits, now, Number(factors.totp_last_step));
    if (step !== undefined) return { method: 'totp', step };
  }
  if (factors.email_enabled_at !== null && (await proof.isMailed(digits))) return { method: 'email' };
  const hash = recoveryHash(accountId, code);
  return hash !== undefined && (await takeRecoveryCode(tx, accountId, hash)) ? { method: 'recovery' } : undefined;
}
