import type { Product } from '@atrium/protocol';
import { inOrderOfStock, movementsOfProduct } from '../../catalog/index.ts';
import { ordersOfWorkspace, type PastOrder } from '../../orders/index.ts';
import type { ExportedTrade } from '../rows/export-format.ts';
import { pictureFile } from './pictures.ts';
import { type Exported, pages } from './reader.ts';

/** The shop, its products, its orders, and how its stock has moved. */
export async function* shopValues(exported: Exported): AsyncGenerator<ExportedTrade, void> {
  const { db, ownerId, workspaceId } = exported;
  const { introduction, public: isPublic } = await exported.read(ownerId, (api) => api.shops.get({ workspaceId }));
  if (introduction !== '' || isPublic) yield { type: 'shop', introduction, isPublic };
  const known = new Set<string>();
  const stocked: string[] = [];
  const products = pages((page) => exported.read(ownerId, (api) => api.products.list({ workspaceId, ...page })));
  for await (const product of products) {
    known.add(product.id);
    stocked.push(product.id);
    yield await productValue(exported, product);
  }
  for await (const order of ordersOfWorkspace(db, workspaceId)) {
    for (const line of order.lines) {
      if (known.has(line.productId)) continue;
      known.add(line.productId);
      yield deletedProduct(order, line);
    }
    yield orderValue(exported, order);
  }
  for (const productId of stocked) yield* movementValues(exported, productId);
}

/** They refer to the orders that took or returned the stock. */
async function* movementValues(exported: Exported, productId: string): AsyncGenerator<ExportedTrade, void> {
  for await (const row of inOrderOfStock(movementsOfProduct(exported.db, productId))) {
    const { author_id: authorId, change, created_at: at, id, note, order_id: orderId, reason } = row;
    if (authorId !== null) exported.people.add(authorId);
    const about = { change, reason, note, authorId, orderId, createdAt: at.toISOString() };
    yield { type: 'movement', id, productId, ...about };
  }
}

async function productValue(exported: Exported, product: Product): Promise<ExportedTrade> {
  const { active, createdAt, currency, description, id, images, lowStock, name, price } = product;
  const pictures = [];
  for (const { alt, fileId, url } of images) {
    const picture = fileId === null ? { url } : await pictureFile(exported, fileId);
    if (picture !== undefined) pictures.push({ picture, alt });
  }
  const about = { name, description, price, currency, lowStock };
  return { type: 'product', id, ...about, isActive: active, isDeleted: false, createdAt, pictures };
}

/** What an order stores about a deleted product. */
function deletedProduct(
  { createdAt, currency }: PastOrder,
  { name, price, productId }: PastOrder['lines'][number],
): ExportedTrade {
  const about = { name, description: '', price, currency, lowStock: 0, pictures: [] };
  const at = createdAt.toISOString();
  return { type: 'product', id: productId, ...about, isActive: false, isDeleted: true, createdAt: at };
}

function orderValue(exported: Exported, order: PastOrder & { id: string; number: number }): ExportedTrade {
  const { buyerId, changes, conversationId, createdAt, currency, id, lines, note, number } = order;
  exported.people.add(buyerId);
  for (const { assigneeId, authorId } of changes) {
    exported.people.add(authorId);
    if (assigneeId !== null) exported.people.add(assigneeId);
  }
  return {
    type: 'order',
    ...{ id, number, buyerId, conversationId, currency, note },
    createdAt: createdAt.toISOString(),
    lines: [...lines],
    changes: changes.map(({ at, ...change }) => ({ ...change, at: at.toISOString() })),
  };
}
