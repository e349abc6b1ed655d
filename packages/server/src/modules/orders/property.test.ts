import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Crowd, makeCrowd } from './test/crowd.ts';

const BUYERS = 3;
const PRODUCTS = 3;
const STEPS = 40;

let crowd: Crowd;
beforeAll(async () => {
  crowd = await makeCrowd(BUYERS);
});
afterAll(() => crowd?.close());

type Item = { product: number; quantity: number };
type Step =
  | { do: 'order'; buyer: number; items: Item[]; again: boolean }
  | { do: 'cancel' | 'process' | 'ship'; order: number }
  | { do: 'correct'; product: number; stock: number }
  | { do: 'price'; product: number; price: number };

const product = fc.nat({ max: PRODUCTS - 1 });
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('order' as const),
      buyer: fc.nat({ max: BUYERS - 1 }),
      items: fc.array(fc.record({ product, quantity: fc.integer({ min: 1, max: 4 }) }), { minLength: 1, maxLength: 4 }),
      again: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom('cancel', 'process', 'ship'), order: fc.nat({ max: 20 }) }),
  },
  fc.record({ do: fc.constant('correct' as const), product, stock: fc.nat({ max: 20 }) }),
  fc.record({ do: fc.constant('price' as const), product, price: fc.integer({ min: 0, max: 1_000 }) }),
);

interface ModelOrder {
  id: string;
  number: number;
  status: 'pending' | 'processing' | 'shipped' | 'cancelled';
  taken: number[];
  total: number;
}

/** The model: a minimal shop in memory that runs one step after the other. */
class Model {
  readonly stock = Array.from({ length: PRODUCTS }, () => 10);
  readonly price = Array.from({ length: PRODUCTS }, () => 100);
  readonly orders: ModelOrder[] = [];

  /** The wanted quantity of each product; undefined if one is short. */
  take(items: readonly Item[]): number[] | undefined {
    const wanted = this.stock.map((_, at) =>
      items.reduce((sum, each) => sum + (each.product === at ? each.quantity : 0), 0),
    );
    if (wanted.some((count, at) => count > (this.stock[at] ?? 0))) return undefined;
    for (const [at, count] of wanted.entries()) this.stock[at] = (this.stock[at] ?? 0) - count;
    return wanted;
  }

  cost(taken: readonly number[]): number {
    return taken.reduce((sum, count, at) => sum + count * (this.price[at] ?? 0), 0);
  }

  giveBack(order: ModelOrder): void {
    for (const [at, count] of order.taken.entries()) this.stock[at] = (this.stock[at] ?? 0) + count;
  }

  get revenue(): number {
    return this.orders.reduce((sum, { status, total }) => sum + (status === 'cancelled' ? 0 : total), 0);
  }
}

const TO = { cancel: 'cancelled', process: 'processing', ship: 'shipped' } as const;
const FROM = { cancel: ['pending', 'processing'], process: ['pending'], ship: ['processing'] } as const;

/** A real shop that runs the steps of the model; each step must have the same result. */
async function play(steps: readonly Step[]): Promise<void> {
  const { owner, buyers, app } = crowd;
  const { id: workspaceId } = await owner.call('workspaces.create', { name: 'Property' });
  await app.database.pool.query(
    "insert into membership (workspace_id, account_id, role, joined_at) select $1, id, 'customer', now() from unnest($2::uuid[]) id",
    [workspaceId, buyers.map(({ userId }) => userId)],
  );
  const model = new Model();
  const products: string[] = [];
  for (const price of model.price) {
    const fields = { workspaceId, name: 'Thing', price, currency: 'EUR', stock: 10 };
    products.push((await owner.call('products.create', fields)).id);
  }

  async function step(each: Step, at: number): Promise<void> {
    if (each.do === 'order') {
      const items = each.items.map((item) => ({ productId: products[item.product] ?? '', quantity: item.quantity }));
      const taken = model.take(each.items);
      const place = () => buyers[each.buyer]!.placeIn(workspaceId, items, `step ${at}`);
      if (taken === undefined) return expect(place()).rejects.toMatchObject({ code: 'out_of_stock' });
      const total = model.cost(taken);
      const placed = await place();
      model.orders.push({ id: placed.id, number: placed.number, status: 'pending', taken, total });
      expect(placed).toMatchObject({ total, number: model.orders.length });
      if (each.again) expect((await place()).id).toBe(placed.id);
    } else if (each.do === 'correct') {
      await owner.call('products.update', { productId: products[each.product] ?? '', stock: each.stock });
      model.stock[each.product] = each.stock;
    } else if (each.do === 'price') {
      await owner.call('products.update', { productId: products[each.product] ?? '', price: each.price });
      model.price[each.product] = each.price;
    } else {
      const order = model.orders[each.order % Math.max(1, model.orders.length)];
      if (order === undefined) return;
      const moving = owner.call('orders.update', { orderId: order.id, status: TO[each.do] });
      const may = (FROM[each.do] as readonly string[]).includes(order.status);
      if (!may) return expect(moving).rejects.toMatchObject({ code: 'conflict' });
      await moving;
      order.status = TO[each.do];
      if (each.do === 'cancel') model.giveBack(order);
    }
  }

  for (const [at, each] of steps.entries()) {
    await step(each, at);
    const { items } = await owner.call('products.list', { workspaceId });
    expect(products.map((id) => items.find((item) => item.id === id)?.stock)).toEqual(model.stock);
    const { revenue, counts } = await owner.call('desks.get', { workspaceId });
    expect(revenue.reduce((sum, { total }) => sum + total, 0)).toBe(model.revenue);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(model.orders.length);
    expect(counts.cancelled).toBe(model.orders.filter(({ status }) => status === 'cancelled').length);
  }
  await owner.call('workspaces.delete', { workspaceId });
}

it('has the stock and the revenue of the model after every step', { timeout: 180_000 }, async () => {
  await fc.assert(fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: STEPS }), play), { numRuns: 10 });
});
