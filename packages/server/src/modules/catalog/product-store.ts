import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { ProductRow } from './tables.ts';

/** A product before it is stored; its stock is added by a movement. */
export type NewProduct = Omit<ProductRow, 'stock' | 'deleted_at' | 'version'>;

const withImages = <Row extends Pick<ProductRow, 'images'>>({ images, ...row }: Row) => ({
  ...row,
  images: sql<ProductRow['images']>`${JSON.stringify(images)}::jsonb`,
});

/** Adds products with no stock. */
export async function insertProducts(tx: Transaction, rows: readonly NewProduct[]): Promise<void> {
  if (rows.length > 0)
    await tx
      .insertInto('product')
      .values(rows.map(withImages) as never)
      .execute();
}

/** One product, if it is not deleted. */
export async function productById(db: Executor, id: string): Promise<ProductRow | undefined> {
  return db.selectFrom('product').selectAll().where('id', '=', id).where('deleted_at', 'is', null).executeTakeFirst();
}

/** Products that are not deleted, unordered. */
export async function productsById(db: Executor, ids: readonly string[]): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select * from product where id = any(${[...new Set(ids)]}::uuid[]) and deleted_at is null
  `.execute(db);
  return rows;
}

/** Locks products, including deleted ones, until the transaction ends, in the common lock order. */
export async function lockProducts(tx: Transaction, ids: readonly string[]): Promise<Map<string, ProductRow>> {
  const { rows } = await sql<ProductRow>`
    select * from product where id = any(${ids}::uuid[]) order by id for no key update
  `.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Updates everything of a locked product but its stock. */
export async function updateProduct(tx: Transaction, row: ProductRow): Promise<void> {
  const { id, workspace_id: _, created_at: __, stock: ___, ...rest } = row;
  await tx
    .updateTable('product')
    .set(withImages(rest) as never)
    .where('id', '=', id)
    .execute();
}

/** The number of products of a workspace. */
export async function countProducts(db: Executor, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from product where workspace_id = ${workspaceId} and deleted_at is null
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** A page of the products of a workspace, oldest first. */
export async function productPage(
  db: Executor,
  workspaceId: string,
  page: { after: string | undefined; limit: number },
): Promise<ProductRow[]> {
  const { rows } = await sql<ProductRow>`
    select * from product
    where workspace_id = ${workspaceId} and deleted_at is null
      and (${page.after ?? null}::uuid is null or id > ${page.after ?? null}::uuid)
    order by id limit ${page.limit}
  `.execute(db);
  return rows;
}

/** Deletes all products of a workspace with their movements; no order refers to them any more. */
export async function deleteProductsOf(tx: Transaction, workspaceId: string): Promise<void> {
  await sql`
    delete from stock_movement m using product p where p.id = m.product_id and p.workspace_id = ${workspaceId}
  `.execute(tx);
  await tx.deleteFrom('product').where('workspace_id', '=', workspaceId).execute();
}
