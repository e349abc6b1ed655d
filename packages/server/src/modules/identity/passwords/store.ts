import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** What a mailed link is good for. */
export type LinkPurpose = 'reset_password' | 'reopen_sign_in';

interface AccountLinkTable {
  account_id: string;
  purpose: LinkPurpose;
  token_hash: Buffer;
  job_id: string | null;
  created_at: Date;
  expires_at: Date;
}

declare module '../../../platform/database/tables.ts' {
  interface Tables {
    account_link: AccountLinkTable;
  }
}

/**
 * Stores a link in place of the account's older one for the same purpose.
 * @returns false when the same job has done so before
 */
export async function putLink(tx: Transaction, link: AccountLinkTable): Promise<boolean> {
  const { account_id, purpose, ...fresh } = link;
  const row = await tx
    .insertInto('account_link')
    .values(link)
    .onConflict((conflict) =>
      conflict
        .columns(['account_id', 'purpose'])
        .doUpdateSet(fresh)
        .where(sql<boolean>`account_link.job_id is distinct from excluded.job_id or excluded.job_id is null`),
    )
    .returning('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Whose link it is, as long as it works. */
export async function linkAccount(
  db: Executor,
  link: { tokenHash: Buffer; purpose: LinkPurpose; now: Date },
): Promise<string | undefined> {
  const row = await db
    .selectFrom('account_link')
    .select('account_id')
    .where('token_hash', '=', link.tokenHash)
    .where('purpose', '=', link.purpose)
    .where('expires_at', '>', link.now)
    .executeTakeFirst();
  return row?.account_id;
}

/** Uses a link up. @returns false when it no longer works */
export async function takeLink(
  tx: Transaction,
  link: { tokenHash: Buffer; purpose: LinkPurpose; now: Date },
): Promise<boolean> {
  const row = await tx
    .deleteFrom('account_link')
    .where('token_hash', '=', link.tokenHash)
    .where('purpose', '=', link.purpose)
    .where('expires_at', '>', link.now)
    .returning('account_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends every mailed link of an account. */
export async function deleteLinks(tx: Transaction, accountId: string): Promise<void> {
  await tx.deleteFrom('account_link').where('account_id', '=', accountId).execute();
}

/** Forgets links that ended before `before`. */
export async function pruneLinks(db: Executor, before: Date): Promise<void> {
  await db.deleteFrom('account_link').where('expires_at', '<', before).execute();
}

/**
 * Counts one more wrong password in a row; at `pauseAt` passwords are paused.
 * @returns true when this one has paused them
 */
export async function countWrongPassword(
  tx: Transaction,
  accountId: string,
  { pauseAt, now }: { pauseAt: number; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('account')
    .set({
      failed_sign_ins: sql<number>`failed_sign_ins + 1`,
      password_paused_at: sql<Date | null>`case when failed_sign_ins + 1 >= ${pauseAt} then ${now}::timestamptz end`,
    })
    .where('id', '=', accountId)
    .where('password_hash', 'is not', null)
    .where('password_paused_at', 'is', null)
    .returning('password_paused_at')
    .executeTakeFirst();
  return row !== undefined && row.password_paused_at !== null;
}

/** Passwords count again, and wrong ones are counted from zero. */
export async function reopenSignIn(tx: Transaction, accountId: string): Promise<void> {
  await tx
    .updateTable('account')
    .set({ failed_sign_ins: 0, password_paused_at: null })
    .where('id', '=', accountId)
    .execute();
}

/** Sets a password. Whoever read a link in the mailbox has proved the address with it: `verifiedAt`. */
export async function setPassword(
  tx: Transaction,
  accountId: string,
  change: { hash: string; verifiedAt?: Date },
): Promise<void> {
  await tx
    .updateTable('account')
    .set({
      password_hash: change.hash,
      failed_sign_ins: 0,
      password_paused_at: null,
      ...(change.verifiedAt === undefined
        ? {}
        : { email_verified_at: change.verifiedAt, version: sql<number>`version + 1` }),
    })
    .where('id', '=', accountId)
    .execute();
}
