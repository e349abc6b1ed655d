import { sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';

/** An order in the data export of its buyer. */
export interface OwnOrder {
  id: string;
  workspaceId: string;
  number: number;
  status: string;
  currency: string;
  /** In minor units of the currency, like the prices of the lines. */
  total: number;
  note: string;
  lines: { name: string; price: number; quantity: number }[];
  createdAt: Date;
}

/** Orders that a person placed, by id. */
export async function ordersOf(
  db: Executor,
  userId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<OwnOrder[]> {
  const { rows } = await sql<OwnOrder>`
    select o.id, o.workspace_id as "workspaceId", o.number, o.status, o.currency, o.total, o.note,
      (
        select json_agg(json_build_object('name', l.name, 'price', l.price, 'quantity', l.quantity) order by l.position)
        from order_line l where l.order_id = o.id
      ) as lines,
      o.created_at as "createdAt"
    from shop_order o
    where o.buyer_id = ${userId} and (${after ?? null}::uuid is null or o.id > ${after ?? null}::uuid)
    order by o.id limit ${limit}
  `.execute(db);
  return rows;
}
