import { randomInt } from 'node:crypto';
import type { Transaction } from '../../../platform/database/index.ts';
import type { Keyring } from '../keys/keyring.ts';
import { type CodePurpose, countTry, deleteCode, putCode } from './store.ts';

/** How long a mailed code is valid, in minutes. */
export const codeMinutes: Readonly<Record<CodePurpose, number>> = {
  verify_email: 10,
  enable_two_factor: 5,
  change_two_factor: 5,
};
const MAX_TRIES = 5;
const DIGITS = 6;

/** What a code is for. It is valid for nothing else, and no longer after a change of address. */
export interface CodeSubject {
  accountId: string;
  email: string;
  purpose: CodePurpose;
}

type CodeKeys = Pick<Keyring, 'codeHash' | 'isCode'>;

/** Six unpredictable digits. */
export function randomCode(): string {
  return String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
}

/** Creates a code, replacing the older one. The caller mails it; only its keyed hash is stored. */
export async function issueCode(
  tx: Transaction,
  keys: Pick<CodeKeys, 'codeHash'>,
  subject: CodeSubject,
  now: Date,
): Promise<string> {
  const code = randomCode();
  const expiresAt = new Date(now.getTime() + codeMinutes[subject.purpose] * 60_000);
  await putCode(tx, subject, { codeHash: keys.codeHash(contextOf(subject), code), now, expiresAt });
  return code;
}

/**
 * Redeems a code: true at most once per issued code, however many try at the same time. A wrong try is counted, so the
 * caller must let the transaction commit even if the result is false.
 */
export async function redeemCode(
  tx: Transaction,
  keys: CodeKeys,
  subject: CodeSubject,
  code: string,
  now: Date,
): Promise<boolean> {
  const expected = await countTry(tx, subject, { maxTries: MAX_TRIES, now });
  if (expected === undefined || !keys.isCode(contextOf(subject), code, expected)) return false;
  await deleteCode(tx, subject);
  return true;
}

function contextOf(subject: CodeSubject): string[] {
  return [subject.purpose, subject.accountId, subject.email];
}
