import { useSyncExternalStore } from 'react';
import { randomId } from '../../../live/derived.ts';
import { type Cart, type CartLine, readCart } from './model.ts';

// Kept in the browser: a stranger has a cart too, and finds it again after signing up.
const keyOf = (workspaceId: string) => `atrium:cart:${workspaceId}`;
const EMPTY: Cart = { lines: [], note: '', key: '' };

const listeners = new Set<() => void>();
let known: { text: string | null; cart: Cart } = { text: null, cart: EMPTY };

/** The cart of a shop, as it is now. */
export function cartOf(workspaceId: string): Cart {
  const text = localStorage.getItem(keyOf(workspaceId));
  if (text !== known.text) known = { text, cart: readCart(text) ?? EMPTY };
  return known.cart;
}

/** Changes the cart of a shop. */
export function changeCart(workspaceId: string, change: { lines?: readonly CartLine[]; note?: string }): void {
  const cart: Cart = { ...cartOf(workspaceId), ...change, key: randomId() };
  if (cart.lines.length === 0 && cart.note === '') localStorage.removeItem(keyOf(workspaceId));
  else localStorage.setItem(keyOf(workspaceId), JSON.stringify(cart));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // Another tab of the same shop.
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

/** Renders again when the cart changes. */
export const useCart = (workspaceId: string): Cart => useSyncExternalStore(subscribe, () => cartOf(workspaceId));
