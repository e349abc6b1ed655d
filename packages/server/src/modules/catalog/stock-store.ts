import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { IdPage } from '../../platform/module/index.ts';
import type { StockMovementRow } from './tables.ts';

/** A movement before it is stored. */
export type NewMovement = Omit<StockMovementRow, 'stock_after'>;

/** Changes the stock of locked products in one statement. Fails if one would fall below zero: check first. */
export async function insertMovements(tx: Transaction, rows: readonly NewMovement[]): Promise<void> {
  if (rows.length === 0) return;
  const of = <Key extends keyof NewMovement>(key: Key) => rows.map((row) => row[key]);
  // The database returns the new stock.
  await sql`
    insert into stock_movement (id, product_id, change, stock_after, reason, note, author_id, order_id, created_at)
    select id, product_id, change, 0, reason, note, author_id, order_id, created_at from unnest(
      ${of('id')}::uuid[], ${of('product_id')}::uuid[], ${of('change')}::int[], ${of('reason')}::text[],
      ${of('note')}::text[], ${of('author_id')}::uuid[], ${of('order_id')}::uuid[], ${of('created_at')}::timestamptz[]
    ) as m (id, product_id, change, reason, note, author_id, order_id, created_at)
  `.execute(tx);
}

/** Whether an order has moved the stock of a product for a reason, which it does once. */
export async function hasMoved(
  db: Executor,
  { orderId, productId, reason }: { orderId: string; productId: string; reason: string },
): Promise<boolean> {
  const { rows } = await sql`
    select from stock_movement where order_id = ${orderId} and product_id = ${productId} and reason = ${reason}
  `.execute(db);
  return rows.length > 0;
}

const AT_ONCE = 500;

/** All movements of a product, by their ids: those that were made at nearly the same time may have changed places. */
export async function* movementsOfProduct(db: Executor, productId: string): AsyncGenerator<StockMovementRow, void> {
  let after: string | null = null;
  for (;;) {
    const { rows }: { rows: StockMovementRow[] } = await sql<StockMovementRow>`
      select * from stock_movement
      where product_id = ${productId} and (${after}::uuid is null or id > ${after}::uuid)
      order by id limit ${AT_ONCE}
    `.execute(db);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < AT_ONCE) return;
    after = last.id;
  }
}

/** A page of the movements of a product, latest first. */
export async function movementPage(db: Executor, productId: string, page: IdPage): Promise<StockMovementRow[]> {
  const { rows } = await sql<StockMovementRow>`
    select * from stock_movement
    where product_id = ${productId} and (${page.after ?? null}::uuid is null or id < ${page.after ?? null}::uuid)
    order by id desc limit ${page.limit}
  `.execute(db);
  return rows;
}
