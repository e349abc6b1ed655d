import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { IdPage } from '../../platform/module/index.ts';
import type { StockMovementRow } from './tables.ts';

/** A movement before it is stored. */
export type NewMovement = Omit<StockMovementRow, 'stock_after'>;

/**
 * Moves the stock of locked products in one statement. Fails when one would fall below zero: look before.
 * @returns what is in stock then, by product
 */
export async function insertMovements(tx: Transaction, rows: readonly NewMovement[]): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const stored = await tx
    .insertInto('stock_movement')
    // The database says what is in stock afterwards.
    .values(rows.map((row) => ({ ...row, stock_after: 0 })))
    .returning(['product_id', 'stock_after'])
    .execute();
  return new Map(stored.map(({ product_id, stock_after }) => [product_id, stock_after]));
}

/** A page of the movements of a product, the latest first. */
export async function movementPage(db: Executor, productId: string, page: IdPage): Promise<StockMovementRow[]> {
  const { rows } = await sql<StockMovementRow>`
    select * from stock_movement
    where product_id = ${productId} and (${page.after ?? null}::uuid is null or id < ${page.after ?? null}::uuid)
    order by id desc limit ${page.limit}
  `.execute(db);
  return rows;
}
