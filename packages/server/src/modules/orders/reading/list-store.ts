import type { OrderStatus } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { OrderRow } from '../rows/tables.ts';

/** The filter of an order list. */
export interface OrderFilters {
  status: OrderStatus | undefined;
  buyerId: string | undefined;
  assigneeId: string | undefined;
  from: string | undefined;
  to: string | undefined;
  /** Orders with this number, of these buyers or with these products. */
  search: { number: number | undefined; buyerIds: readonly string[]; productIds: readonly string[] } | undefined;
}

function conditions({ status, buyerId, assigneeId, from, to, search }: OrderFilters): RawBuilder<unknown>[] {
  const found = [
    status === undefined ? undefined : sql`o.status = ${status}`,
    buyerId === undefined ? undefined : sql`o.buyer_id = ${buyerId}`,
    assigneeId === undefined ? undefined : sql`o.assignee_id = ${assigneeId}`,
    from === undefined ? undefined : sql`o.created_at >= ${from}`,
    to === undefined ? undefined : sql`o.created_at < ${to}`,
    search &&
      sql`(
        o.number = ${search.number ?? null}::int or o.buyer_id = any(${search.buyerIds}::uuid[])
        or o.id in (select l.order_id from order_line l where l.product_id = any(${search.productIds}::uuid[]))
      )`,
  ];
  return found.filter((each) => each !== undefined);
}

/** A page of the orders of a workspace, highest number first. */
export async function orderPage(
  db: Executor,
  workspaceId: string,
  filters: OrderFilters,
  page: { after: number | undefined; limit: number },
): Promise<OrderRow[]> {
  const { after, limit } = page;
  const where = [
    sql`o.workspace_id = ${workspaceId}`,
    ...(after === undefined ? [] : [sql`o.number < ${after}`]),
    ...conditions(filters),
  ];
  const { rows } = await sql<OrderRow>`
    select o.* from shop_order o where ${sql.join(where, sql` and `)} order by o.number desc limit ${limit}
  `.execute(db);
  return rows;
}

/** A page of a person's orders in these workspaces, latest first. */
export async function orderPageOf(
  db: Executor,
  {
    buyerId,
    workspaceIds,
    status,
  }: { buyerId: string; workspaceIds: readonly string[]; status: OrderStatus | undefined },
  page: { after: string | undefined; limit: number },
): Promise<OrderRow[]> {
  const { rows } = await sql<OrderRow>`
    select * from shop_order
    where buyer_id = ${buyerId} and workspace_id = any(${workspaceIds}::uuid[])
      and (${status ?? null}::text is null or status = ${status ?? null})
      and (${page.after ?? null}::uuid is null or id < ${page.after ?? null}::uuid)
    order by id desc limit ${page.limit}
  `.execute(db);
  return rows;
}
