import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Keyring } from '../keys/keyring.ts';
import { type CodePurpose, countTry, deleteCode, putCode } from './store.ts';

/** Minutes that a mailed code lasts. */
export const codeMinutes: Readonly<Record<CodePurpose, number>> = {
  verify_email: 10,
  enable_two_factor: 5,
  change_two_factor: 5,
};
const MAX_TRIES = 5;
const DIGITS = 6;

/** Whom and what a code is for. It is good for nothing else, and dies with a change of address. */
export interface CodeSubject {
  accountId: string;
  email: string;
  purpose: CodePurpose;
}

type CodeKeys = Pick<Keyring, 'codeHash'>;

/** Six digits that nobody can foresee. */
export function randomCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
}

/** Makes a new code in place of the older one. The caller mails it; only its keyed hash is kept. */
export async function issueCode(tx: Transaction, keys: CodeKeys, subject: CodeSubject, now: Date): Promise<string> {
  const code = randomCode();
  const expiresAt = new Date(now.getTime() + codeMinutes[subject.purpose] * 60_000);
  await putCode(tx, subject, { codeHash: hashOf(keys, subject, code), now, expiresAt });
  return code;
}

/**
 * Takes a code: true at most once per issued code, however many try at the same time. A wrong try is counted, so the
 * caller must let the transaction commit even when the answer is false.
 */
export async function redeemCode(
  tx: Transaction,
  keys: CodeKeys,
  subject: CodeSubject,
  code: string,
  now: Date,
): Promise<boolean> {
  const expected = await countTry(tx, subject, { maxTries: MAX_TRIES, now });
  if (expected === undefined || !timingSafeEqual(expected, hashOf(keys, subject, code))) return false;
  await deleteCode(tx, subject);
  return true;
}

function hashOf(keys: CodeKeys, subject: CodeSubject, code: string): Buffer {
  return keys.codeHash([subject.purpose, subject.accountId, subject.email], code);
}
