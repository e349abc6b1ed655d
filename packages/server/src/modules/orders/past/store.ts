import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { OrderChangeRow, OrderRow } from '../rows/tables.ts';

/** The next orders of a workspace by number. */
export async function ordersAfter(
  db: Executor,
  { workspaceId, after, limit }: { workspaceId: string; after: number; limit: number },
): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select * from shop_order where workspace_id = ${workspaceId} and number > ${after} order by number limit ${limit}
  `.execute(db);
  return rows;
}

/** The history of orders, by order, oldest first. */
export async function changesOfOrders(
  db: Executor,
  orderIds: readonly string[],
): Promise<Map<string, OrderChangeRow[]>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await sql<OrderChangeRow>`
    select * from order_change where order_id = any(${orderIds}::uuid[]) order by order_id, id
  `.execute(db);
  return Map.groupBy(rows, ({ order_id }) => order_id);
}
