import { sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';
import type { Days } from '../../platform/days/index.ts';
import { MAX_ENTRY_MS } from './entry-store.ts';
import type { EntryScope } from './sheet-store.ts';

/**
 * Milliseconds of entries on each of some days, in their order; running ones go on until `now`. An entry across midnight
 * counts for each of its days, a correction for the day on which what it corrects began.
 */
export async function trackedByDay(
  db: Executor,
  { userId, workspaceId }: Pick<EntryScope, 'userId' | 'workspaceId'>,
  { names, starts }: Days,
  now: Date,
): Promise<number[]> {
  const begins = starts.map((ms) => new Date(ms));
  const [from, to] = [begins[0] ?? now, begins.at(-1) ?? now];
  const whose = userId === undefined ? sql`workspace_id = ${workspaceId}` : sql`account_id = ${userId}`;
  const { rows } = await sql<{ day: number; ms: number }>`
    with entry as (
      select kind, duration_ms, greatest(started_at, ${from}) as started,
        least(coalesce(stopped_at, ${now}), ${to}) as stopped
      from time_entry
      where ${whose} and started_at < ${to}
        and started_at > ${from}::timestamptz - ${MAX_ENTRY_MS + 3_600_000} * interval '1 millisecond'
        and case when kind = 'correction' then started_at >= ${from} else coalesce(stopped_at, ${now}) > ${from} end
    ), part as (
      select day, extract(epoch from
        least(stopped, (${begins}::timestamptz[])[day + 1]) - greatest(started, (${begins}::timestamptz[])[day])) * 1000
        as ms
      from entry, generate_series(
        width_bucket(started, ${begins}::timestamptz[]),
        width_bucket(stopped - interval '1 microsecond', ${begins}::timestamptz[])
      ) as day
      where kind <> 'correction'
      union all
      select width_bucket(started, ${begins}::timestamptz[]), duration_ms from entry where kind = 'correction'
    )
    select day - 1 as day, round(sum(ms))::bigint as ms from part group by day
  `.execute(db);
  const byDay = new Map(rows.map(({ day, ms }) => [day, ms]));
  return names.map((_, at) => byDay.get(at) ?? 0);
}
