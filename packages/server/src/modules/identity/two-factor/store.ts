import { type Generated, type Selectable, sql, type Updateable } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

interface TwoFactorTable {
  account_id: string;
  totp_sealed: Buffer | null;
  /** A 64-bit number, which the driver returns as text. */
  totp_last_step: Generated<string | number>;
  totp_enabled_at: Date | null;
  email_enabled_at: Date | null;
  pending_sealed: Buffer | null;
  pending_until: Date | null;
  failures: Generated<number>;
  failures_since: Date | null;
}

interface RecoveryCodeRow {
  account_id: string;
  code_hash: Buffer;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    two_factor: TwoFactorTable;
    recovery_code: RecoveryCodeRow;
  }
}

export type TwoFactorRow = Selectable<TwoFactorTable>;

export async function findTwoFactor(db: Executor, accountId: string): Promise<TwoFactorRow | undefined> {
  return db.selectFrom('two_factor').selectAll().where('account_id', '=', accountId).executeTakeFirst();
}

/** Changes the second factors of an account, creating its row if there is none. The account is locked. */
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

/** Removes all second factors of an account. */
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

/** Consumes a recovery code. @returns false if there is no such code */
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

/** The sealed secrets of one account. */
export type SealedSecrets = Pick<TwoFactorRow, 'account_id' | 'totp_sealed' | 'pending_sealed'>;

/** Up to `limit` sealed secrets by account id, after the given one. */
export async function listSealed(db: Executor, after: string, limit: number): Promise<SealedSecrets[]> {
  return db
    .selectFrom('two_factor')
    .select(['account_id', 'totp_sealed', 'pending_sealed'])
    .where('account_id', '>', after)
    .where((where) => where.or([where('totp_sealed', 'is not', null), where('pending_sealed', 'is not', null)]))
    .orderBy('account_id')
    .limit(limit)
    .execute();
}

/** Replaces a sealed secret by the resealed one; does nothing if another secret was stored in the meantime. */
export async function replaceSealed(
  db: Executor,
  accountId: string,
  column: 'totp_sealed' | 'pending_sealed',
  change: { from: Buffer; to: Buffer },
): Promise<void> {
  await db
    .updateTable('two_factor')
    .set({ [column]: change.to })
    .where('account_id', '=', accountId)
    .where(column, '=', change.from)
    .execute();
}
