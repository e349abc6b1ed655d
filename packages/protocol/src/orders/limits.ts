import type { LimitClass } from '../core/limits.ts';

export const orderLimits = {
  order: { points: 60, seconds: 60, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const orderSizes = {
  /** Lines per order. */
  orderLines: 50,
  /** Pieces per line: with the highest price, the total of an order stays exact. */
  orderQuantity: 10_000,
  /** Orders in the live state of a desk: the latest by number. */
  deskOrders: 100,
  /** Orders of a user per workspace in a snapshot: the latest by number. */
  myOrders: 20,
} as const;
