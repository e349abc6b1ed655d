import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { OrderChangeRow, OrderLineRow, OrderRow } from './tables.ts';

/** Adds orders with their lines, in two statements whatever their number. */
export async function insertOrders(
  tx: Transaction,
  orders: readonly OrderRow[],
  lines: readonly OrderLineRow[],
): Promise<void> {
  const of = <Key extends keyof OrderRow>(key: Key) => orders.map((order) => order[key]);
  await sql`
    insert into shop_order (
      id, workspace_id, number, buyer_id, intent_key, intent_hash, status, title, line_count, quantity, currency, total,
      note, assignee_id, conversation_id, created_at, updated_at, version
    )
    select * from unnest(
      ${of('id')}::uuid[], ${of('workspace_id')}::uuid[], ${of('number')}::int[], ${of('buyer_id')}::uuid[],
      ${of('intent_key')}::text[], ${of('intent_hash')}::bytea[], ${of('status')}::text[], ${of('title')}::text[],
      ${of('line_count')}::int[], ${of('quantity')}::int[], ${of('currency')}::text[], ${of('total')}::bigint[],
      ${of('note')}::text[], ${of('assignee_id')}::uuid[], ${of('conversation_id')}::uuid[],
      ${of('created_at')}::timestamptz[], ${of('updated_at')}::timestamptz[], ${of('version')}::int[]
    )
  `.execute(tx);
  const each = <Key extends keyof OrderLineRow>(key: Key) => lines.map((line) => line[key]);
  await sql`
    insert into order_line (order_id, position, product_id, name, price, quantity)
    select * from unnest(
      ${each('order_id')}::uuid[], ${each('position')}::int[], ${each('product_id')}::uuid[], ${each('name')}::text[],
      ${each('price')}::bigint[], ${each('quantity')}::int[]
    )
  `.execute(tx);
}

/** One order. */
export async function orderById(db: Executor, id: string): Promise<OrderRow | undefined> {
  return db.selectFrom('shop_order').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Locks an order until the transaction ends. */
export async function lockOrder(tx: Transaction, id: string): Promise<OrderRow | undefined> {
  return tx.selectFrom('shop_order').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

/** The intent of a buyer in a workspace. */
interface Intent {
  buyerId: string;
  key: string;
}

/** Orders that were placed with these intents. */
export async function ordersByIntent(
  db: Executor,
  workspaceId: string,
  intents: readonly Intent[],
): Promise<OrderRow[]> {
  if (intents.length === 0) return [];
  const { rows } = await sql<OrderRow>`
    select o.* from unnest(
      ${intents.map(({ buyerId }) => buyerId)}::uuid[], ${intents.map(({ key }) => key)}::text[]
    ) i (buyer_id, key)
    join shop_order o on o.workspace_id = ${workspaceId} and o.buyer_id = i.buyer_id and o.intent_key = i.key
  `.execute(db);
  return rows;
}

/** The lines of orders, by order, in sequence. */
export async function linesOf(db: Executor, orderIds: readonly string[]): Promise<Map<string, OrderLineRow[]>> {
  if (orderIds.length === 0) return new Map();
  const { rows } = await sql<OrderLineRow>`
    select * from order_line where order_id = any(${orderIds}::uuid[]) order by order_id, position
  `.execute(db);
  return Map.groupBy(rows, ({ order_id }) => order_id);
}

/** The history of an order after it was placed, oldest first. */
export async function changesOf(db: Executor, orderId: string): Promise<OrderChangeRow[]> {
  return db.selectFrom('order_change').selectAll().where('order_id', '=', orderId).orderBy('id').execute();
}

/** Updates a locked order, and adds an entry to its timeline. */
export async function updateOrder(tx: Transaction, row: OrderRow, change: OrderChangeRow): Promise<void> {
  const { status, assignee_id, updated_at, version } = row;
  await tx
    .updateTable('shop_order')
    .set({ status, assignee_id, updated_at, version })
    .where('id', '=', row.id)
    .execute();
  await tx.insertInto('order_change').values(change).execute();
}

/** The latest orders of a person, at most so many per workspace that they belong to. */
export async function latestOrdersOf(
  db: Executor,
  buyerId: string,
  workspaceIds: readonly string[],
  most: number,
): Promise<OrderRow[]> {
  if (workspaceIds.length === 0) return [];
  const { rows } = await sql<OrderRow>`
    select o.* from unnest(${workspaceIds}::uuid[]) w (id) cross join lateral (
      select * from shop_order where buyer_id = ${buyerId} and workspace_id = w.id order by number desc limit ${most}
    ) o
    order by o.workspace_id, o.number
  `.execute(db);
  return rows;
}

/** Deletes all orders of a workspace. */
export async function deleteOrdersOf(tx: Transaction, workspaceId: string): Promise<void> {
  const theirs = sql`order_id in (select id from shop_order where workspace_id = ${workspaceId})`;
  await sql`delete from order_line where ${theirs}`.execute(tx);
  await sql`delete from order_change where ${theirs}`.execute(tx);
  await tx.deleteFrom('shop_order').where('workspace_id', '=', workspaceId).execute();
}
