import type { ParsedInputOf, timesheets } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** The content of a file. */
export type FileQuery = ParsedInputOf<typeof timesheets.export>;

declare module '../../../platform/database/index.ts' {
  interface Tables {
    timesheet_link: { token_hash: Buffer; account_id: string; query: string; expires_at: Date };
  }
}

/** Stores a link, and deletes expired ones. */
export async function insertLink(
  tx: Transaction,
  link: { tokenHash: Buffer; accountId: string; query: FileQuery; expiresAt: Date; now: Date },
): Promise<void> {
  await sql`delete from timesheet_link where expires_at < ${link.now}`.execute(tx);
  await tx
    .insertInto('timesheet_link')
    .values({
      token_hash: link.tokenHash,
      account_id: link.accountId,
      query: JSON.stringify(link.query),
      expires_at: link.expiresAt,
    })
    .execute();
}

/** The request behind a link; undefined if there is none, or it has expired. */
export async function linkBehind(
  db: Executor,
  tokenHash: Buffer,
  now: Date,
): Promise<{ accountId: string; query: FileQuery } | undefined> {
  const { rows } = await sql<{ accountId: string; query: FileQuery }>`
    select account_id as "accountId", query from timesheet_link where token_hash = ${tokenHash} and expires_at > ${now}
  `.execute(db);
  return rows[0];
}

/** Deletes the links of a user. */
export async function deleteLinksOf(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from timesheet_link where account_id = ${userId}`.execute(tx);
}
