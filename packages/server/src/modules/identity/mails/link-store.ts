import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** The purposes of mailed links. */
export type LinkPurpose = 'reset_password' | 'reopen_sign_in';
/** The same for every link, including those that are not mailed. */
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
 * Stores a link, replacing the account's older one for the same purpose.
 * @returns false if the same job has already stored one
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

/** The account of a link that is still valid. */
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

/** Consumes a link. @returns false if it is no longer valid */
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

/** Deletes all mailed links of an account. */
export async function deleteLinks(tx: Transaction, accountId: string): Promise<void> {
  await tx.deleteFrom('account_link').where('account_id', '=', accountId).execute();
}

/** Deletes links that expired before `before`. */
export async function pruneLinks(db: Executor, before: Date): Promise<void> {
  await db.deleteFrom('account_link').where('expires_at', '<', before).execute();
}
