import type { EventData, Product, Shop, StockMovement, WorkspaceRole } from '@atrium/protocol';
import { productCanOf, type ShopFacts, shopCanOf } from './policy.ts';
import type { ProductRow, ShopRow, StockMovementRow } from './tables.ts';

/** A shop as shown to a viewer. */
export function presentShop(row: ShopRow, name: string, facts: ShopFacts): Shop {
  return {
    workspaceId: row.workspace_id,
    name,
    introduction: row.introduction,
    public: row.is_public,
    version: row.version,
    can: shopCanOf(facts),
  };
}

/** A product as shown to someone with this role; undefined: they are not in the workspace. */
export function presentProduct(row: ProductRow, role: WorkspaceRole | undefined): Product {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    name: row.name,
    description: row.description,
    price: row.price,
    currency: row.currency,
    stock: row.stock,
    lowStock: row.low_stock,
    images: [...row.images],
    active: row.active,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    version: row.version,
    can: productCanOf(role),
  };
}

/** The event data for a changed product. */
export function presentChange({ id, name, price, stock }: ProductRow): EventData['product:updated'] {
  return { productId: id, name, price, stock };
}

export function presentMovement(row: StockMovementRow): StockMovement {
  return {
    id: row.id,
    productId: row.product_id,
    change: row.change,
    stockAfter: row.stock_after,
    reason: row.reason,
    note: row.note,
    authorId: row.author_id,
    orderId: row.order_id,
    createdAt: row.created_at.toISOString(),
  };
}
