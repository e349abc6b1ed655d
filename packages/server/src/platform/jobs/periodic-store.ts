import { sql } from 'kysely';
import type { Transaction } from '../database/index.ts';

declare module '../database/index.ts' {
  interface Tables {
    periodic_job: { name: string; due_at: Date };
  }
}

/**
 * Sets the next due time of a job.
 * @returns false if it is not due yet
 */
export async function claimPeriod(tx: Transaction, name: string, everyMs: number): Promise<boolean> {
  const { rows } = await sql`
    insert into periodic_job as p (name, due_at) values (${name}, now() + ${everyMs} * interval '1 millisecond')
    on conflict (name) do update set due_at = excluded.due_at where p.due_at <= now()
    returning p.name
  `.execute(tx);
  return rows.length > 0;
}
