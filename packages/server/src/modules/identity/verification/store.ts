import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/** The purposes of mailed codes. */
export type CodePurpose = 'verify_email' | 'enable_two_factor' | 'change_two_factor';

interface EmailCodeTable {
  account_id: string;
  purpose: CodePurpose;
  code_hash: Buffer;
  tries: number;
  created_at: Date;
  expires_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    email_code: EmailCodeTable;
  }
}

interface CodeKey {
  accountId: string;
  purpose: CodePurpose;
}

/** Stores a code, replacing the account's older one for the same purpose. */
export async function putCode(
  tx: Transaction,
  key: CodeKey,
  code: { codeHash: Buffer; now: Date; expiresAt: Date },
): Promise<void> {
  const fresh = { code_hash: code.codeHash, tries: 0, created_at: code.now, expires_at: code.expiresAt };
  await tx
    .insertInto('email_code')
    .values({ account_id: key.accountId, purpose: key.purpose, ...fresh })
    .onConflict((conflict) => conflict.columns(['account_id', 'purpose']).doUpdateSet(fresh))
    .execute();
}

/**
 * Counts one try and returns the hash to compare with; undefined if there is no code that may be tried. The row stays
 * locked until the transaction ends, so that parallel tries come one after the other.
 */
export async function countTry(
  tx: Transaction,
  key: CodeKey,
  limits: { maxTries: number; now: Date },
): Promise<Buffer | undefined> {
  const row = await tx
    .updateTable('email_code')
    .set({ tries: sql<number>`tries + 1` })
    .where('account_id', '=', key.accountId)
    .where('purpose', '=', key.purpose)
    .where('tries', '<', limits.maxTries)
    .where('expires_at', '>', limits.now)
    .returning('code_hash')
    .executeTakeFirst();
  return row?.code_hash;
}

export async function deleteCode(tx: Transaction, key: CodeKey): Promise<void> {
  await tx
    .deleteFrom('email_code')
    .where('account_id', '=', key.accountId)
    .where('purpose', '=', key.purpose)
    .execute();
}
