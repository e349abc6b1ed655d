import { type Generated, type Selectable, sql, type Updateable } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface TwoFactorTable {
  account_id: string;
  totp_sealed: Buffer | null;
  /** A 64-bit number, which arrives as text. */
  totp_last_step: Generated<string | number>;
  totp_enabled_at: Date | null;
  email_enabled_at: Date | null;
  pending_sealed: Buffer | null;
  pending_until: Date | null;
  failures: Generated<number>;
  failures_since: Date | null;
}

interface RecoveryCodeTable {
  account_id: string;
  code_hash: Buffer;
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    two_factor: TwoFactorTable;
    recovery_code: RecoveryCodeTable;
  }
}

export type TwoFactorRow = Selectable<TwoFactorTable>;

export async function findTwoFactor(db: Executor, accountId: string): Promise<TwoFactorRow | undefined> {
  return db.selectFrom('two_factor').selectAll().where('account_id', '=', accountId).executeTakeFirst();
}

/** Changes what an account has, making its row where there is none. The account is locked. */
export async function saveTwoFactor(
  tx: Transaction,
  accountId: string,
  change: Omit<Updateable<TwoFactorTable>, 'account_id'>,
): Promise<void> {
  await tx
    .insertInto('two_factor')
    .values({ account_id: accountId, ...change })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(change))
    .execute();
}

/** Takes every second factor of an account away. */
export async function deleteTwoFactor(tx: Transaction, accountId: string): Promise<void> {
  await tx.deleteFrom('two_factor').where('account_id', '=', accountId).execute();
  await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
}

export async function replaceRecoveryCodes(tx: Transaction, accountId: string, hashes: Buffer[]): Promise<void> {
  await tx.deleteFrom('recovery_code').where('account_id', '=', accountId).execute();
  await tx
    .insertInto('recovery_code')
    .values(hashes.map((code_hash) => ({ account_id: accountId, code_hash })))
    .execute();
}

/** Uses a recovery code up. @returns false when there is none like it */
export async function takeRecoveryCode(tx: Transaction, accountId: string, hash: Buffer): Promise<boolean> {
  const taken = await tx
    .deleteFrom('recovery_code')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hash)
    .returning('account_id')
    .executeTakeFirst();
  return taken !== undefined;
}

export async function countRecoveryCodes(db: Executor, accountId: string): Promise<number> {
  const row = await db
    .selectFrom('recovery_code')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  return row.count;
}
