import { type StockReason, sizes } from '@atrium/protocol';
import { problem, type Work } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { workspaceStream } from '../workspaces/index.ts';
import { presentChange } from './present.ts';
import { lockProducts } from './product-store.ts';
import { hasMoved, insertMovements } from './stock-store.ts';
import type { ProductRow } from './tables.ts';

/** A change to the stock of a locked product. */
export interface StockChange {
  product: ProductRow;
  change: number;
  /** The order that takes or returns it. */
  orderId?: string;
  /** The person who changes it, if not the actor. */
  authorId?: string;
}

/** The reason of the change. */
export interface StockCause {
  reason: StockReason;
  note?: string;
}

/** The locked products after all changes, each once. */
function afterChanges(changes: readonly StockChange[]): ProductRow[] {
  const after = new Map<string, ProductRow>();
  for (const { product, change } of changes) {
    const { stock } = after.get(product.id) ?? product;
    after.set(product.id, { ...product, stock: stock + change });
  }
  return [...after.values()];
}

/**
 * Changes the stock of locked products and appends events. The caller has checked that there is enough.
 * @returns the changed products, each once
 */
export async function moveStock(
  context: Pick<Work, 'tx' | 'now' | 'actorId' | 'append' | 'tell'>,
  changes: readonly StockChange[],
  { reason, note = '' }: StockCause,
): Promise<ProductRow[]> {
  const { tx, now, actorId } = context;
  await insertMovements(
    tx,
    changes.map(({ product, change, orderId, authorId }) => ({
      id: newId(),
      product_id: product.id,
      change,
      reason,
      note,
      author_id: authorId ?? actorId,
      order_id: orderId ?? null,
      created_at: now,
    })),
  );
  const before = new Map(changes.map(({ product }) => [product.id, product.stock]));
  const moved = afterChanges(changes);
  for (const product of moved) await publishMoved(context, product, before.get(product.id) ?? 0);
  return moved;
}

/** A movement of the past. */
export interface PastMovement extends StockCause {
  productId: string;
  change: number;
  authorId: string | null;
  orderId: string | null;
  at: Date;
}

/**
 * Adds a past movement to a product; nobody is notified of a low stock.
 * @throws `not_found` if there is no such product, `out_of_stock` if the stock would fall below zero, `conflict` if it
 *   would be above the highest, or the order has already moved this product for this reason
 */
export async function recordMovement(
  { tx, append }: Pick<Work, 'tx' | 'append'>,
  { at, authorId, change, note = '', orderId, productId, reason }: PastMovement,
): Promise<string> {
  const product = (await lockProducts(tx, [productId])).get(productId);
  if (product === undefined) throw problem('not_found');
  const stock = product.stock + change;
  if (stock < 0) throw problem('out_of_stock');
  if (stock > sizes.stock) throw problem('conflict', `At most ${sizes.stock} can be in stock.`);
  if (orderId !== null && (await hasMoved(tx, { orderId, productId, reason }))) {
    throw problem('conflict', 'The order has already moved this product.');
  }
  const id = newId();
  const cause = { reason, note, author_id: authorId, order_id: orderId, created_at: at };
  await insertMovements(tx, [{ id, product_id: productId, change, ...cause }]);
  if (product.deleted_at === null) {
    append(workspaceStream(product.workspace_id), 'product:updated', presentChange({ ...product, stock }));
  }
  return id;
}

async function publishMoved(
  { append, tell }: Pick<Work, 'append' | 'tell'>,
  product: ProductRow,
  before: number,
): Promise<void> {
  if (product.deleted_at !== null) return;
  append(workspaceStream(product.workspace_id), 'product:updated', presentChange(product));
  if (before <= product.low_stock || product.stock > product.low_stock) return;
  const { id: productId, workspace_id: workspaceId, name, stock } = product;
  await tell('product:low', { workspaceId, productId, name, stock });
}
