import { describe, expect, it } from 'vitest';
import { inOrderOfStock } from './stock-order.ts';

async function ordered(changes: readonly number[]): Promise<number[]> {
  async function* movements() {
    for (const change of changes) yield { change };
  }
  const order: number[] = [];
  for await (const { change } of inOrderOfStock(movements())) order.push(change);
  return order;
}

const lowest = (changes: readonly number[]) => {
  let stock = 0;
  return Math.min(...changes.map((change) => (stock += change)));
};

describe('the order of stock movements', () => {
  it.each([
    { what: 'as they are', changes: [10, -3, -7, 5, -5], order: [10, -3, -7, 5, -5] },
    { what: 'an order before the delivery', changes: [-2, 10, -1], order: [10, -2, -1] },
    { what: 'two orders before it', changes: [1, -2, -3, 10, 4], order: [1, 10, -2, -3, 4] },
    { what: 'one that fits and one that does not', changes: [3, -5, -3, 5], order: [3, -3, 5, -5] },
    { what: 'none', changes: [], order: [] },
  ])('holds back what would take the stock below zero: $what', async ({ changes, order }) => {
    expect(await ordered(changes)).toEqual(order);
  });

  it('never falls below zero and leaves nothing out, whatever the order of the ids', async () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (let round = 0; round < 200; round += 1) {
      const changes = Array.from({ length: 30 }, () => random(21) - 10);
      changes.push(changes.reduce((sum, change) => sum - Math.min(change, 0), 0));
      changes.sort(() => random(3) - 1);
      const order = await ordered(changes);
      expect(lowest(order)).toBeGreaterThanOrEqual(0);
      expect(order.toSorted((a, b) => a - b)).toEqual(changes.toSorted((a, b) => a - b));
    }
  });
});
