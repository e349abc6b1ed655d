import type { LimitClass } from '../core/limits.ts';

export const orderLimits = {
  order: { points: 60, seconds: 60, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const orderSizes = {
  /** Lines of one order. */
  orderLines: 50,
  /** Pieces in one line: with the highest price, the total of an order stays an exact number. */
  orderQuantity: 10_000,
  /** Orders of a workspace that its desk shows at first: the latest by number. */
  deskOrders: 100,
  /** Orders of yours in one workspace that a snapshot shows: the latest by number. */
  myOrders: 20,
} as const;
