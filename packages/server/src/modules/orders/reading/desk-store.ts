import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** The orders of one day in one currency. */
interface Revenue {
  day: string;
  currency: string;
  orders: number;
  total: number;
}

/** The orders of each of the last days up to today, in a time zone. */
export async function revenueOf(
  db: Executor,
  workspaceId: string,
  { days, timeZone, now }: { days: number; timeZone: string; now: Date },
): Promise<Revenue[]> {
  const { rows } = await sql<Revenue>`
    select to_char(created_at at time zone ${timeZone}, 'YYYY-MM-DD') as day, currency, count(*) as orders,
      -- Beyond, a number in JSON is not exact.
      least(sum(total), 9007199254740991)::bigint as total
    from shop_order
    where workspace_id = ${workspaceId} and status <> 'cancelled' and created_at >= (
      date_trunc('day', ${now}::timestamptz at time zone ${timeZone}) - make_interval(days => ${days - 1}::int)
    ) at time zone ${timeZone}
    group by 1, 2 order by 1, 2
  `.execute(db);
  return rows;
}

/** The number of open orders of a workspace per assignee. */
export async function openOrdersByAssignee(db: Executor, workspaceId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ assigneeId: string; count: number }>`
    select assignee_id as "assigneeId", count(*) as count from shop_order
    where workspace_id = ${workspaceId} and status in ('pending', 'processing', 'shipped') and assignee_id is not null
    group by 1
  `.execute(db);
  return new Map(rows.map(({ assigneeId, count }) => [assigneeId, count]));
}
