import type { LimitClass } from '../core/limits.ts';

export const catalogLimits = {
  shop: { points: 600, seconds: 60, per: 'ip', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const catalogSizes = {
  /** Products of one workspace, without deleted ones. */
  products: 10_000,
  /** Images of one product. */
  productImages: 10,
  /** The highest price, in minor units: within the other limits of an order its total stays exact. */
  price: 10_000_000_000,
  /** The highest stock of one product. */
  stock: 1_000_000_000,
  /** Rows of one import. */
  importRows: 1_000,
  /** Characters of one import. */
  importText: 900_000,
} as const;
