import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** The kind of delivery. */
export const DIGEST = 'task_digest';

/** The day of a person's last digest, YYYY-MM-DD; undefined: none yet. */
export async function lastDigest(db: Executor, userId: string): Promise<string | undefined> {
  const { rows } = await sql<{ last_on: string }>`
    select last_on::text from morning_digest where account_id = ${userId}
  `.execute(db);
  return rows[0]?.last_on;
}

/** Records a person's digest of a day. @returns false if that one, or one of a later day, was recorded before */
export async function noteDigest(tx: Transaction, userId: string, on: string): Promise<boolean> {
  const { rows } = await sql`
    insert into morning_digest as d (account_id, last_on) values (${userId}, ${on})
    on conflict (account_id) do update set last_on = excluded.last_on where d.last_on < excluded.last_on
    returning 1
  `.execute(tx);
  return rows.length > 0;
}

export async function deleteDigest(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from morning_digest where account_id = ${userId}`.execute(tx);
}
