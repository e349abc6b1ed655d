import type { OrderStatus } from '@atrium/protocol';

/** One product of a past order, with the name and price it had when it was ordered. */
export interface PastLine {
  productId: string;
  name: string;
  /** In minor units of the currency of the order. */
  price: number;
  quantity: number;
}

/** A change of an order after it was placed. */
export interface PastChange {
  /** The same as before: only the assignee changed. */
  to: OrderStatus;
  assigneeId: string | null;
  authorId: string;
  note: string;
  at: Date;
}

/** An order as transferred between instances: with its history, without what is specific to an instance. */
export interface PastOrder {
  buyerId: string;
  conversationId: string | null;
  currency: string;
  note: string;
  createdAt: Date;
  lines: readonly PastLine[];
  /** Oldest first. */
  changes: readonly PastChange[];
}
