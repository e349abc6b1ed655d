import type { InstanceCounters } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { InstanceCountersRow } from './tables.ts';

/**
 * Claims the next measurement for the caller.
 * @returns false if another was claimed less than `everyMs` ago
 */
export async function claimMeasurement(db: Executor, now: Date, everyMs: number): Promise<boolean> {
  const { rows } = await sql`
    insert into instance_counters as c (id, claimed_at) values (true, ${now})
    on conflict (id) do update set claimed_at = excluded.claimed_at
      where c.claimed_at <= ${new Date(now.getTime() - everyMs)}
    returning id
  `.execute(db);
  return rows.length > 0;
}

/** Stores a measurement for the other nodes. */
export async function saveCounters(db: Executor, counters: InstanceCounters): Promise<void> {
  await sql`update instance_counters set counters = ${JSON.stringify(counters)}::jsonb`.execute(db);
}

/** The last measurement of any node. */
export async function latestCounters(db: Executor): Promise<InstanceCounters | undefined> {
  const { rows } = await sql<Pick<InstanceCountersRow, 'counters'>>`select counters from instance_counters`.execute(db);
  return rows[0]?.counters ?? undefined;
}
