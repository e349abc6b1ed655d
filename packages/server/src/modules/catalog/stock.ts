import type { StockReason } from '@atrium/protocol';
import type { Work } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { workspaceStream } from '../workspaces/index.ts';
import { presentChange } from './present.ts';
import { insertMovements } from './stock-store.ts';
import type { ProductRow } from './tables.ts';

/** By how much the stock of a product changes. */
export interface StockChange {
  product: ProductRow;
  change: number;
}

/** Why, and for which order. */
export interface StockCause {
  reason: StockReason;
  note?: string;
  orderId?: string;
}

/**
 * Moves the stock of locked products, each named once, and tells of it. The caller has looked whether there is enough.
 * @returns the products as they are then
 */
export async function moveStock(
  context: Pick<Work, 'tx' | 'now' | 'actorId' | 'append' | 'tell'>,
  changes: readonly StockChange[],
  { reason, note = '', orderId }: StockCause,
): Promise<ProductRow[]> {
  const stock = await insertMovements(
    context.tx,
    changes.map(({ product, change }) => ({
      id: newId(),
      product_id: product.id,
      change,
      reason,
      note,
      author_id: context.actorId,
      order_id: orderId ?? null,
      created_at: context.now,
    })),
  );
  const moved = changes.map(({ product }) => ({ ...product, stock: stock.get(product.id) ?? product.stock }));
  for (const [at, product] of moved.entries()) await tellMoved(context, product, changes[at]?.product.stock ?? 0);
  return moved;
}

async function tellMoved(
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
