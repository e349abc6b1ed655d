import type { OrderStatus } from '@atrium/protocol';

export interface DeskRow extends Record<OrderStatus, number> {
  workspace_id: string;
  last_number: number;
}

export interface OrderRow {
  id: string;
  workspace_id: string;
  number: number;
  buyer_id: string;
  /** The buyer's idempotency key for the order. */
  intent_key: string | null;
  /** A digest of the ordered items. */
  intent_hash: Buffer | null;
  status: OrderStatus;
  title: string;
  line_count: number;
  quantity: number;
  currency: string;
  /** In minor units of the currency. */
  total: number;
  note: string;
  assignee_id: string | null;
  conversation_id: string | null;
  created_at: Date;
  updated_at: Date;
  version: number;
}

export interface OrderLineRow {
  order_id: string;
  position: number;
  product_id: string;
  name: string;
  price: number;
  quantity: number;
}

export interface OrderChangeRow {
  id: string;
  order_id: string;
  from_status: OrderStatus;
  /** The same as `from_status`: only the assignee changed. */
  to_status: OrderStatus;
  assignee_id: string | null;
  author_id: string;
  note: string;
  at: Date;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    desk: DeskRow;
    shop_order: OrderRow;
    order_line: OrderLineRow;
    order_change: OrderChangeRow;
  }
}
