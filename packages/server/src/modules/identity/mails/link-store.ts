import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** What a mailed link is good for. */
export type LinkPurpose = 'reset_password' | 'reopen_sign_in';
/** The same for every link, also those that are not mailed. */
type StoredPurpose = LinkPurpose | 'export';

interface AccountLinkRow {
  account_id: string;
  purpose: StoredPurpose;
  token_hash: Buffer;
  job_id: string | null;
  created_at: Date;
  expires_at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    account_link: AccountLinkRow;
  }
}

/**
 * Stores a link in place of the account's older one for the same purpose.
 * @returns false when the same job has done so before
 */
export async function putLink(tx: Transaction, link: AccountLinkRow): Promise<boolean> {
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
  link: { tokenHash: Buffer; purpose: StoredPurpose; now: Date },
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
  link: { tokenHash: Buffer; purpose: StoredPurpose; now: Date },
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
