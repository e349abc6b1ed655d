import type { ProductImage, StockReason } from '@atrium/protocol';

export interface ShopRow {
  workspace_id: string;
  is_public: boolean;
  introduction: string;
  version: number;
}

export interface ProductRow {
  id: string;
  workspace_id: string;
  name: string;
  description: string;
  /** In minor units of the currency. */
  price: number;
  currency: string;
  stock: number;
  low_stock: number;
  images: readonly ProductImage[];
  active: boolean;
  created_at: Date;
  updated_at: Date;
  deleted_at: Date | null;
  version: number;
}

export interface StockMovementRow {
  id: string;
  product_id: string;
  change: number;
  stock_after: number;
  reason: StockReason;
  note: string;
  author_id: string | null;
  order_id: string | null;
  created_at: Date;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    shop: ShopRow;
    product: ProductRow;
    stock_movement: StockMovementRow;
  }
}
