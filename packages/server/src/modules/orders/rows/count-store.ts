import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { firstIdAt } from '../../../platform/new-id.ts';

/**
 * How many orders were placed since then, in all workspaces. Their ids, which have an index, say when they were written;
 * of the demo and of an import these are orders of earlier days.
 */
export async function countOrdersSince(db: Executor, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from shop_order where id >= ${firstIdAt(since)} and created_at >= ${since}
  `.execute(db);
  return rows[0]?.count ?? 0;
}
