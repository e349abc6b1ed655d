import type { AtriumError } from '@atrium/client';
import type { Product } from '@atrium/protocol';

/** A product in a cart, with the price that the person saw when they put it there. */
export interface CartLine {
  productId: string;
  name: string;
  price: number;
  currency: string;
  quantity: number;
}

/** What somebody wants to order from one shop. */
export interface Cart {
  lines: readonly CartLine[];
  note: string;
  /** Makes sure that this cart is ordered once; a changed cart gets another one. */
  key: string;
}

/** What the server says about a line that it refused. */
export type LineFault =
  | { kind: 'short'; left: number }
  | { kind: 'price'; price: number; currency: string }
  | { kind: 'gone' }
  | { kind: 'currency' };

export const MAX_LINES = 50;
export const MAX_QUANTITY = 10_000;

const isCount = (value: unknown, from: number): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= from;

function isLine(value: unknown): value is CartLine {
  if (typeof value !== 'object' || value === null) return false;
  const { productId, name, price, currency, quantity } = value as Partial<CartLine>;
  const hasWords = [productId, name, currency].every((each) => typeof each === 'string');
  return hasWords && isCount(price, 0) && isCount(quantity, 1) && quantity <= MAX_QUANTITY;
}

/** Reads a cart from the storage of the browser; undefined: it cannot be read. Pure. */
export function readCart(text: string | null): Cart | undefined {
  try {
    const { lines, note, key }: Partial<Cart> = JSON.parse(text ?? '{}');
    const isRead = Array.isArray(lines) && lines.every(isLine) && typeof note === 'string' && typeof key === 'string';
    return isRead ? { lines: lines.slice(0, MAX_LINES), note, key } : undefined;
  } catch {
    return undefined;
  }
}

/** Adds one piece of a product, at its current price. Pure. */
export function withProduct(
  lines: readonly CartLine[],
  { id: productId, name, price, currency }: Pick<Product, 'id' | 'name' | 'price' | 'currency'>,
): readonly CartLine[] {
  const before = lines.find((line) => line.productId === productId);
  const quantity = Math.min((before?.quantity ?? 0) + 1, MAX_QUANTITY);
  const line = { productId, name, price, currency, quantity };
  if (before) return lines.map((each) => (each === before ? line : each));
  return lines.length < MAX_LINES ? [...lines, line] : lines;
}

/** Changes how many pieces of a product there are; none takes it out. Pure. */
export function withQuantity(lines: readonly CartLine[], productId: string, quantity: number): readonly CartLine[] {
  if (quantity < 1) return lines.filter((line) => line.productId !== productId);
  const wanted = Math.min(quantity, MAX_QUANTITY);
  return lines.map((line) => (line.productId === productId ? { ...line, quantity: wanted } : line));
}

/** Accepts the new price of a product. Pure. */
export const withPrice = (lines: readonly CartLine[], productId: string, price: number): readonly CartLine[] =>
  lines.map((line) => (line.productId === productId ? { ...line, price } : line));

export const piecesIn = (lines: readonly CartLine[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

/** What the cart costs; undefined: it has several currencies, or nothing in it. Pure. */
export function totalOf(lines: readonly CartLine[]): { total: number; currency: string } | undefined {
  const currency = lines[0]?.currency;
  if (currency === undefined || lines.some((line) => line.currency !== currency)) return undefined;
  return { currency, total: lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0) };
}

interface Current {
  items?: { productId: string; left: number; price: number; currency: string }[];
}

/** What a refusal says about the lines that were sent, by product. Pure. */
export function faultsOf(
  { problem }: Pick<AtriumError, 'problem'>,
  lines: readonly CartLine[],
): ReadonlyMap<string, LineFault> {
  const items = (problem?.current as Current | undefined)?.items ?? [];
  const faults = (problem?.errors ?? []).flatMap(({ path, code }): [string, LineFault][] => {
    const line = lines[Number(/^items\[(\d+)\]/.exec(path)?.[1])];
    const now = items.find(({ productId }) => productId === line?.productId);
    if (!line) return [];
    if (code === 'not_sold') return [[line.productId, { kind: 'gone' }]];
    if (code === 'currency') return [[line.productId, { kind: 'currency' }]];
    if (!now) return [];
    if (code === 'out_of_stock') return [[line.productId, { kind: 'short', left: now.left }]];
    return [[line.productId, { kind: 'price', price: now.price, currency: now.currency }]];
  });
  return new Map(faults);
}
