import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { firstIdAt } from '../../../platform/new-id.ts';

/** How many orders were placed since then, in all workspaces; by their ids, which have an index. */
export async function countOrdersSince(db: Executor, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from shop_order where id >= ${firstIdAt(since)}
  `.execute(db);
  return rows[0]?.count ?? 0;
}
