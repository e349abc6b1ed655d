import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

declare module '../../platform/database/index.ts' {
  interface Tables {
    calendar_feed: { account_id: string; secret_hash: Buffer; created_at: Date };
  }
}

/** When a person's feed got its current URL; undefined if there is no feed. */
export async function feedSince(db: Executor, userId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select created_at as at from calendar_feed where account_id = ${userId}
  `.execute(db);
  return rows[0]?.at;
}

/** The owner of the feed with this secret, or undefined. */
export async function feedOwner(db: Executor, secretHash: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from calendar_feed where secret_hash = ${secretHash}
  `.execute(db);
  return rows[0]?.id;
}

/** Replaces the URL of a person's feed. */
export async function putFeed(tx: Transaction, userId: string, secretHash: Buffer, now: Date): Promise<void> {
  await sql`
    insert into calendar_feed (account_id, secret_hash, created_at) values (${userId}, ${secretHash}, ${now})
    on conflict (account_id) do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at
  `.execute(tx);
}

/** Deletes a person's feed. */
export async function deleteFeed(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from calendar_feed where account_id = ${userId}`.execute(tx);
}
