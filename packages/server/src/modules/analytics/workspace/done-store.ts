import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { Days } from '../../../platform/days/index.ts';

/** Tasks that were completed, and how long after they were created, in milliseconds. */
export interface Done {
  /** Index of the day; null: on all of the days. */
  day: number | null;
  completed: number;
  medianMs: number;
  p90Ms: number;
}

const within = (workspaceId: string, begins: readonly Date[]) => sql`
  workspace_id = ${workspaceId} and undone_at is null and completed_at >= ${begins[0]} and completed_at < ${begins.at(-1)}
`;

/** What was completed in a workspace on each of some days, and on all of them; only where there is any. */
export async function doneOn(db: Executor, workspaceId: string, { starts }: Days): Promise<Done[]> {
  const begins = starts.map((ms) => new Date(ms));
  const { rows } = await sql<Done>`
    select day, count(*)::int as completed, round(percentile_cont(0.5) within group (order by ms))::bigint as "medianMs",
      round(percentile_cont(0.9) within group (order by ms))::bigint as "p90Ms"
    from (
      select width_bucket(completed_at, ${begins}::timestamptz[]) - 1 as day,
        greatest(0, extract(epoch from completed_at - task_created_at)::float8 * 1000) as ms
      from completion where ${within(workspaceId, begins)}
    ) done
    group by grouping sets ((day), ())
    having count(*) > 0
  `.execute(db);
  return rows;
}

/** On which of some days people completed tasks of a workspace: a digit for each, 1 for those. */
export async function completersOn(
  db: Executor,
  workspaceId: string,
  { names, starts }: Days,
): Promise<{ userId: string; days: string }[]> {
  const begins = starts.map((ms) => new Date(ms));
  const none = sql`repeat('0', ${names.length})::varbit`;
  const { rows } = await sql<{ userId: string; days: string }>`
    select account_id as "userId",
      bit_or(set_bit(${none}, width_bucket(completed_at, ${begins}::timestamptz[]) - 1, 1))::text as days
    from completion where ${within(workspaceId, begins)}
    group by 1
  `.execute(db);
  return rows;
}
