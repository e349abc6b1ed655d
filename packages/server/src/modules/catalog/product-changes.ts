import { type ParsedInputOf, type products, sizes } from '@atrium/protocol';
import { problem, type Work } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { workspaceStream } from '../workspaces/index.ts';
import { changePictures } from './pictures.ts';
import { presentChange } from './present.ts';
import { countProducts, insertProducts, updateProduct } from './product-store.ts';
import { lockShop } from './shop-store.ts';
import { moveStock } from './stock.ts';
import type { ProductRow } from './tables.ts';

/** The values of a new product. */
export type ProductFields = Omit<ParsedInputOf<typeof products.create>, 'workspaceId'>;
/** The changed values of a product. */
export type ProductPatch = {
  [Field in keyof ProductFields]?: ProductFields[Field] | undefined;
};

/**
 * Adds products, with their stock as a movement, and appends events.
 * @throws `conflict` if the workspace would have too many
 */
export async function addProducts(
  context: Work,
  workspaceId: string,
  wanted: readonly ProductFields[],
  reason: 'created' | 'import' = 'created',
): Promise<ProductRow[]> {
  const { tx, now, append } = context;
  await lockShop(tx, workspaceId);
  if ((await countProducts(tx, workspaceId)) + wanted.length > sizes.products) {
    throw problem('conflict', `A shop has at most ${sizes.products} products.`);
  }
  const rows = [];
  for (const { stock: _, lowStock, images, ...fields } of wanted) {
    const id = newId();
    rows.push({
      ...fields,
      id,
      workspace_id: workspaceId,
      low_stock: lowStock,
      images: await changePictures(context, { id, workspaceId }, [], images),
      created_at: now,
      updated_at: now,
    });
  }
  await insertProducts(tx, rows);
  await context.tell('product:added', { workspaceId });
  const empty = rows.map((row): ProductRow => ({ ...row, stock: 0, deleted_at: null, version: 1 }));
  const added = empty.map((row, at) => ({ ...row, stock: wanted[at]?.stock ?? 0 }));
  for (const { id: productId, name, price, stock } of added) {
    append(workspaceStream(workspaceId), 'product:created', { workspaceId, productId, name, price, stock });
  }
  const changes = empty.map((product, at) => ({ product, change: added[at]?.stock ?? 0 }));
  await moveStock(
    context,
    changes.filter(({ change }) => change !== 0),
    { reason },
  );
  return added;
}

/**
 * A product with some fields changed; the same object if nothing changed. Does not cover the stock.
 * @param images the stored pictures; the same array if nothing changed
 */
export function patched(row: ProductRow, patch: ProductPatch, now: Date, images = row.images): ProductRow {
  const { stock: _, lowStock, images: __, ...rest } = patch;
  const given = { ...rest, low_stock: lowStock };
  const isOther = ([field, value]: [string, unknown]) =>
    value !== undefined && value !== row[field as keyof ProductRow];
  const changes = Object.entries(given).filter(isOther);
  if (changes.length === 0 && images === row.images) return row;
  return { ...row, ...Object.fromEntries(changes), images, updated_at: now, version: row.version + 1 };
}

/**
 * Changes a locked product and its stock, and appends an event.
 * @returns the changed product; the same object if nothing changed
 */
export async function changeProduct(
  context: Work,
  before: ProductRow,
  patch: ProductPatch,
  reason: 'correction' | 'import' = 'correction',
): Promise<ProductRow> {
  const { tx, now, append } = context;
  const owner = { id: before.id, workspaceId: before.workspace_id };
  const images = patch.images && (await changePictures(context, owner, before.images, patch.images));
  const after = patched(before, patch, now, images);
  if (after !== before) await updateProduct(tx, after);
  const change = (patch.stock ?? before.stock) - before.stock;
  if (change !== 0) {
    const [moved = after] = await moveStock(context, [{ product: after, change }], { reason });
    return moved;
  }
  if (after !== before) append(workspaceStream(after.workspace_id), 'product:updated', presentChange(after));
  return after;
}
