import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

declare module '../../platform/database/index.ts' {
  interface Tables {
    calendar_feed: { account_id: string; secret_hash: Buffer; created_at: Date };
  }
}

/** When someone's feed got its current address; undefined: they have none. */
export async function feedSince(db: Executor, userId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`
    select created_at as at from calendar_feed where account_id = ${userId}
  `.execute(db);
  return rows[0]?.at;
}

/** Whose feed a secret opens; undefined: nobody's. */
export async function feedOwner(db: Executor, secretHash: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from calendar_feed where secret_hash = ${secretHash}
  `.execute(db);
  return rows[0]?.id;
}

/** Gives someone's feed a new address in place of the one that it had. */
export async function putFeed(tx: Transaction, userId: string, secretHash: Buffer, now: Date): Promise<void> {
  await sql`
    insert into calendar_feed (account_id, secret_hash, created_at) values (${userId}, ${secretHash}, ${now})
    on conflict (account_id) do update set secret_hash = excluded.secret_hash, created_at = excluded.created_at
  `.execute(tx);
}

/** Takes someone's feed away. */
export async function deleteFeed(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from calendar_feed where account_id = ${userId}`.execute(tx);
}
