import type { Problem } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { faultsOf, MAX_LINES, piecesIn, readCart, totalOf, withPrice, withProduct, withQuantity } from './model.ts';

const twine = { id: 'twine', name: 'Twine', price: 320, currency: 'EUR' };
const fleece = { id: 'fleece', name: 'Fleece', price: 800, currency: 'EUR' };
const both = withProduct(withProduct(withProduct([], twine), fleece), twine);

describe('a cart', () => {
  it('adds pieces of a product to its line, at the price seen last', () => {
    expect(both.map(({ productId, quantity }) => [productId, quantity])).toEqual([
      ['twine', 2],
      ['fleece', 1],
    ]);
    expect(withProduct(both, { ...twine, price: 350 })[0]).toMatchObject({ price: 350, quantity: 3 });
    expect(piecesIn(both)).toBe(3);
  });

  it('takes out what nobody wants any more, and has a bound', () => {
    expect(withQuantity(both, 'twine', 0).map(({ productId }) => productId)).toEqual(['fleece']);
    expect(withQuantity(both, 'twine', 99_999)[0]?.quantity).toBe(10_000);
    let full = both;
    for (let at = 0; at < MAX_LINES + 5; at++) full = withProduct(full, { ...twine, id: `more${at}` });
    expect(full).toHaveLength(MAX_LINES);
  });

  it('has a total in one currency only', () => {
    expect(totalOf(both)).toEqual({ total: 1_440, currency: 'EUR' });
    expect(totalOf(withPrice(both, 'fleece', 900))?.total).toBe(1_540);
    expect(totalOf(withProduct(both, { ...twine, id: 'yen', currency: 'JPY' }))).toBeUndefined();
    expect(totalOf([])).toBeUndefined();
  });

  it('is read from the storage, unless it is not one', () => {
    const cart = { lines: both, note: 'Please ring', key: 'k' };
    expect(readCart(JSON.stringify(cart))).toEqual(cart);
    for (const text of [null, '', '[', '{}', '7', 'null', '{"lines":[{"productId":1}],"note":"","key":"k"}']) {
      expect(readCart(text)).toBeUndefined();
    }
  });

  it('says of each refused line what is wrong with it', () => {
    const refusal = (code: string, paths: string[]) => ({
      problem: {
        code: 'out_of_stock',
        errors: paths.map((path) => ({ path, code, message: '' })),
        current: { items: [{ productId: 'fleece', left: 0, price: 900, currency: 'EUR' }] },
      } as unknown as Problem,
    });
    expect([...faultsOf(refusal('out_of_stock', ['items[1]']), both)]).toEqual([
      ['fleece', { kind: 'short', left: 0 }],
    ]);
    expect([...faultsOf(refusal('price_changed', ['items[1]']), both)]).toEqual([
      ['fleece', { kind: 'price', price: 900, currency: 'EUR' }],
    ]);
    expect([...faultsOf(refusal('not_sold', ['items[0].productId', 'items[9]']), both)]).toEqual([
      ['twine', { kind: 'gone' }],
    ]);
    expect(faultsOf({ problem: undefined }, both).size).toBe(0);
  });
});
