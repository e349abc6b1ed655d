import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { firstIdAt } from '../../../platform/new-id.ts';

/**
 * The number of orders placed since then, in all workspaces. Uses the indexed ids, which contain the time of writing;
 * orders of the demo and of imports count for earlier days.
 */
export async function countOrdersSince(db: Executor, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from shop_order where id >= ${firstIdAt(since)} and created_at >= ${since}
  `.execute(db);
  return rows[0]?.count ?? 0;
}
