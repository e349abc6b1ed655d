import { createHash } from 'node:crypto';
import type { orders, ParsedInputOf } from '@atrium/protocol';
import type { UserActor } from '../../../platform/module/index.ts';

type Input = ParsedInputOf<typeof orders.place>;

/** The wanted quantity of one product. */
export interface WishItem {
  productId: string;
  quantity: number;
  /** The prices that the caller saw; undefined where not given. */
  prices: (number | undefined)[];
  /** The index of the product's first occurrence in the input. */
  path: string;
}

/** An order to be placed. */
export interface Wish {
  workspaceId: string;
  buyerId: string;
  /** The actor of the call. */
  buyer: UserActor;
  items: WishItem[];
  note: string;
  /** The idempotency key, and a digest of the input. */
  intent: { key: string; hash: Buffer } | undefined;
}

/** Merges repeated products into one item each. */
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

/** Parses the input of a call. */
export function wishOf(buyer: UserActor, key: string | undefined, { workspaceId, items, note }: Input): Wish {
  const hash = createHash('sha256').update(JSON.stringify({ items, note })).digest();
  const intent = key === undefined ? undefined : { key, hash };
  return { workspaceId, buyerId: buyer.userId, buyer, items: summed(items), note, intent };
}
