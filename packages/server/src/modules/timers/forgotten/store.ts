import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

declare module '../../../platform/database/index.ts' {
  interface Tables {
    last_action: { account_id: string; at: Date };
  }
}

/** Saves the last activity of users, in epoch milliseconds; a later stored time is kept. */
export async function saveLastActions(db: Executor, actions: ReadonlyMap<string, number>): Promise<void> {
  const entries = [...actions].sort(([one], [other]) => (one < other ? -1 : 1));
  await sql`
    insert into last_action (account_id, at)
    select a.id, to_timestamp(a.ms / 1000.0)
    from unnest(${entries.map(([id]) => id)}::uuid[], ${entries.map(([, ms]) => Math.round(ms))}::bigint[]) as a (id, ms)
    on conflict (account_id) do update set at = greatest(last_action.at, excluded.at)
  `.execute(db);
}

/** The time of a user's last action; undefined if unknown. */
export async function lastActionOf(db: Executor, userId: string): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date }>`select at from last_action where account_id = ${userId}`.execute(db);
  return rows[0]?.at;
}

/** Deletes the time of a user's last action. */
export async function deleteLastAction(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from last_action where account_id = ${userId}`.execute(tx);
}
