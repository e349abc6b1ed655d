import { products, sizes } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../platform/module/index.ts';
import { workspaceStream } from '../workspaces/index.ts';
import { deletePictures, filesOf } from './pictures.ts';
import { isStaff } from './policy.ts';
import { presentMovement, presentProduct } from './present.ts';
import { addProducts, changeProduct } from './product-changes.ts';
import { productKeyset, productList } from './product-list-store.ts';
import { lockProducts, updateProduct } from './product-store.ts';
import { moveStock } from './stock.ts';
import { movementPage } from './stock-store.ts';
import type { ProductRow } from './tables.ts';

/** Locks a product, which may have been changed or deleted since it was loaded. Throws `not_found`. */
async function lockProduct(tx: Transaction, id: string): Promise<ProductRow> {
  const row = (await lockProducts(tx, [id])).get(id);
  if (row === undefined || row.deleted_at !== null) throw problem('not_found');
  return row;
}

/** Products and their stock. */
export const productOperations: readonly Implementation[] = [
  read(products.list, async ({ db, input, subject }) => {
    const { sort, limit, cursor, ...query } = input;
    const { role } = subject.facts;
    const keyset = productKeyset(sort);
    const page = keyset.page({ cursor, limit });
    // Customers cannot filter by what they cannot see.
    if (!isStaff(role) && query.active === false) return { items: [], nextCursor: null };
    const active = isStaff(role) ? query.active : true;
    const found = await productList(db, { ...query, active }, sort, page);
    const { rows, nextCursor } = keyset.cut(found, page, keyset.positionOf);
    return { items: rows.map((row) => presentProduct(row, role)), nextCursor };
  }),

  read(products.get, ({ subject }) => presentProduct(subject.product, subject.facts.role)),

  command(products.create, async (context) => {
    const { workspaceId, ...fields } = context.input;
    const [row] = await addProducts(context, workspaceId, [fields]);
    if (row === undefined) throw new Error('The product was not added.');
    return presentProduct(row, context.subject.role);
  }),

  command(products.update, async (context) => {
    const { productId, version, ...patch } = context.input;
    const { role } = context.subject.facts;
    const before = await lockProduct(context.tx, productId);
    if (version !== undefined && version !== before.version) {
      throw problem('version_conflict', { current: presentProduct(before, role) });
    }
    return presentProduct(await changeProduct(context, before, patch), role);
  }),

  command(products.delete, async ({ tx, now, append, enqueue, input: { productId } }) => {
    const row = await lockProduct(tx, productId);
    const files = filesOf(row.images).map(({ fileId }) => fileId);
    await deletePictures({ tx, enqueue }, files);
    const images = row.images.filter(({ fileId }) => fileId === null);
    await updateProduct(tx, { ...row, images, deleted_at: now });
    const workspaceId = row.workspace_id;
    append(workspaceStream(workspaceId), 'product:deleted', { workspaceId, productId });
    return {};
  }),

  command(products.moveStock, async (context) => {
    const { productId, change, reason, note } = context.input;
    const product = await lockProduct(context.tx, productId);
    if (product.stock + change < 0) throw problem('out_of_stock', `${product.stock} are in stock.`);
    if (product.stock + change > sizes.stock) throw problem('conflict', `At most ${sizes.stock} can be in stock.`);
    const [moved = product] = await moveStock(context, [{ product, change }], { reason, note });
    return presentProduct(moved, context.subject.facts.role);
  }),

  read(products.movements, async ({ db, input }) => {
    const page = idPage(input);
    const { rows, nextCursor } = cutPage(await movementPage(db, input.productId, page), page, ({ id }) => id);
    return { items: rows.map(presentMovement), nextCursor };
  }),
];
