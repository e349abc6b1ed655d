import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';
import type { Days } from '../../platform/days/index.ts';
import { MAX_ENTRY_MS } from './entry-store.ts';

/**
 * The parts of entries on some days, as a query: `day` counts from 1, and `account_id`, `task_id`, `ms`. Running
 * entries last until `now`. An entry across midnight counts for each of its days, a correction for the day on which the
 * corrected entry began.
 */
function partsOf(whose: RawBuilder<unknown>, { starts }: Days, now: Date): RawBuilder<unknown> {
  const begins = starts.map((ms) => new Date(ms));
  const [from, to] = [begins[0] ?? now, begins.at(-1) ?? now];
  return sql`
    with entry as (
      select account_id, task_id, kind, duration_ms, greatest(started_at, ${from}) as started,
        least(coalesce(stopped_at, ${now}), ${to}) as stopped
      from time_entry
      where ${whose} and started_at < ${to}
        and started_at > ${from}::timestamptz - ${MAX_ENTRY_MS + 3_600_000} * interval '1 millisecond'
        and case when kind = 'correction' then started_at >= ${from} else coalesce(stopped_at, ${now}) > ${from} end
    ), piece as (
      select *, generate_series(
        width_bucket(started, ${begins}::timestamptz[]),
        width_bucket(
          case when kind = 'correction' then started else stopped - interval '1 microsecond' end,
          ${begins}::timestamptz[]
        )
      ) as day
      from entry
    )
    select account_id, task_id, day, case when kind = 'correction' then duration_ms else 1000 * extract(epoch from
      least(stopped, (${begins}::timestamptz[])[day + 1]) - greatest(started, (${begins}::timestamptz[])[day])
    )::float8 end as ms
    from piece
  `;
}

/** A query of the milliseconds of entries of a person by day; `day`: the place among the days, from 0. */
export function trackedByDay(userId: string, days: Days, now: Date): RawBuilder<{ day: number; ms: number }> {
  return sql<{ day: number; ms: number }>`
    select day - 1 as day, round(sum(ms))::bigint as ms
    from (${partsOf(sql`account_id = ${userId}`, days, now)}) part group by day
  `;
}

function inOrder({ names }: Days, rows: readonly { day: number; ms: number }[]): number[] {
  const byDay = new Map(rows.map(({ day, ms }) => [day, ms]));
  return names.map((_, at) => byDay.get(at) ?? 0);
}

/** The time of a workspace in a period. */
export interface WorkspaceTime {
  /** Milliseconds on each of the days, in their order. */
  byDay: number[];
  /** `days`: one digit for each day, 1 if they tracked time on it. */
  people: { userId: string; ms: number; days: string }[];
  /** `category`: the category of a deleted task. */
  tasks: { taskId: string; category: string | null; ms: number }[];
}

interface Sums {
  day: number | null;
  accountId: string | null;
  taskId: string | null;
  category: string | null;
  ms: number;
  days: string;
}

/** Milliseconds of entries in a workspace by day, by person and by task. */
export async function trackedInWorkspace(
  db: Executor,
  workspaceId: string,
  days: Days,
  now: Date,
): Promise<WorkspaceTime> {
  const none = sql`repeat('0', ${days.names.length})::varbit`;
  const { rows } = await sql<Sums>`
    select day - 1 as day, account_id as "accountId", task_id as "taskId", category, ms, days::text
    from (
      select day, account_id, task_id, round(sum(ms))::bigint as ms, bit_or(set_bit(${none}, day - 1, 1)) as days
      from (${partsOf(sql`workspace_id = ${workspaceId}`, days, now)}) part
      group by grouping sets ((day), (account_id), (task_id))
    ) sums
    left join task_time using (task_id)
  `.execute(db);
  return {
    byDay: inOrder(
      days,
      rows.flatMap(({ day, ms }) => (day === null ? [] : [{ day, ms }])),
    ),
    people: rows.flatMap(({ accountId, days: active, ms }) =>
      accountId === null ? [] : [{ userId: accountId, ms, days: active }],
    ),
    tasks: rows.flatMap(({ category, ms, taskId }) => (taskId === null ? [] : [{ taskId, category, ms }])),
  };
}
