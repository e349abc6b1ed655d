import type { InputFault } from '@atrium/protocol';
import { type ProblemError, problem } from '../../../platform/module/index.ts';
import type { ProductRow } from '../../catalog/index.ts';
import type { Wish, WishItem } from './wish.ts';

/** The current state of a wanted product. */
interface Found extends WishItem {
  product: ProductRow;
}

/** The items of an order and its total. */
export interface Basket {
  lines: Found[];
  quantity: number;
  currency: string;
  total: number;
}

const faults = (found: readonly Found[], code: string, say: (item: Found) => string): InputFault[] =>
  found.map((item) => ({ path: item.path, code, message: say(item) }));

/** The current state of the items, as shown to a buyer whose order is refused. */
const currentOf = (found: readonly Found[]) => ({
  items: found.map(({ product, quantity }) => ({
    productId: product.id,
    name: product.name,
    quantity,
    left: product.stock,
    price: product.price,
    currency: product.currency,
  })),
});

/** Finds the products of a wish; undefined for one that is not sold in that workspace. */
function find(wish: Wish, shelf: ReadonlyMap<string, ProductRow>): (Found | WishItem)[] {
  return wish.items.map((item) => {
    const product = shelf.get(item.productId);
    const isSold = product?.workspace_id === wish.workspaceId && product.deleted_at === null && product.active;
    return isSold ? { ...item, product } : item;
  });
}

const isFound = (item: Found | WishItem): item is Found => 'product' in item;

/**
 * Computes what a wish takes from the available products. Pure.
 * @param shelf the current products, with their remaining stock
 * @returns the reason if the wish cannot be fulfilled
 */
export function fill(wish: Wish, shelf: ReadonlyMap<string, ProductRow>): Basket | ProblemError {
  const items = find(wish, shelf);
  const unknown = items.filter((item) => !isFound(item));
  if (unknown.length > 0) {
    const errors = unknown.map(({ path }) => ({ path, code: 'not_sold', message: 'is not sold here' }));
    return problem('invalid_input', { errors });
  }
  const found = items.filter(isFound);
  const currency = found[0]?.product.currency ?? '';
  const others = found.filter(({ product }) => product.currency !== currency);
  if (others.length > 0) {
    return problem('invalid_input', { errors: faults(others, 'currency', () => `is not sold in ${currency}`) });
  }
  const short = found.filter(({ product, quantity }) => product.stock < quantity);
  if (short.length > 0) {
    const errors = faults(short, 'out_of_stock', ({ product }) => `${product.stock} of ${product.name} are left`);
    return problem('out_of_stock', { errors, current: currentOf(found) });
  }
  const changed = found.filter(({ product, prices }) =>
    prices.some((price) => price !== undefined && price !== product.price),
  );
  if (changed.length > 0) {
    const errors = faults(changed, 'price_changed', ({ product }) => `${product.name} has another price now`);
    return problem('price_changed', { errors, current: currentOf(found) });
  }
  return {
    lines: found,
    currency,
    quantity: found.reduce((sum, { quantity }) => sum + quantity, 0),
    total: found.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0),
  };
}
