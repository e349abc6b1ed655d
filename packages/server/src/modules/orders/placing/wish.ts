import { createHash } from 'node:crypto';
import type { orders, ParsedInputOf } from '@atrium/protocol';
import type { UserActor } from '../../../platform/module/index.ts';

type Input = ParsedInputOf<typeof orders.place>;

/** What someone wants of one product. */
export interface WishItem {
  productId: string;
  quantity: number;
  /** The prices at which they saw it; undefined where they did not say. */
  prices: (number | undefined)[];
  /** Where the product is named first in the input. */
  path: string;
}

/** An order that someone wants to place. */
export interface Wish {
  workspaceId: string;
  buyerId: string;
  /** As whom they call. */
  buyer: UserActor;
  items: WishItem[];
  note: string;
  /** The key under which they repeat it, and a digest of what they ask for. */
  intent: { key: string; hash: Buffer } | undefined;
}

/** What each product is wanted of: a product that is named twice is one item. */
function summed(items: Input['items']): WishItem[] {
  const byProduct = new Map<string, WishItem>();
  for (const [at, { productId, quantity, price }] of items.entries()) {
    const before = byProduct.get(productId) ?? { productId, quantity: 0, prices: [], path: `items[${at}]` };
    byProduct.set(productId, {
      ...before,
      quantity: before.quantity + quantity,
      prices: [...before.prices, price],
    });
  }
  return [...byProduct.values()];
}

/** Reads the input of a call. */
export function wishOf(buyer: UserActor, key: string | undefined, { workspaceId, items, note }: Input): Wish {
  const hash = createHash('sha256').update(JSON.stringify({ items, note })).digest();
  const intent = key === undefined ? undefined : { key, hash };
  return { workspaceId, buyerId: buyer.userId, buyer, items: summed(items), note, intent };
}
