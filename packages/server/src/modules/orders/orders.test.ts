import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';

let world: TestWorld;
let team: Team;
let workspaceId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  workspaceId = team.id;
});
afterAll(() => world?.close());

const add = (fields: Record<string, unknown> = {}) =>
  team.owner.api.products.create({ workspaceId, name: 'Spade', price: 1250, currency: 'EUR', stock: 10, ...fields });

const place = (buyer: Person, items: { productId: string; quantity?: number; price?: number }[], note = '') =>
  buyer.api.orders.place({ workspaceId, items, note });

const stockOf = async (productId: string) => (await team.owner.api.products.get({ productId })).stock;
const move = (who: Person, orderId: string, status: 'processing' | 'shipped' | 'delivered' | 'cancelled') =>
  who.api.orders.update({ orderId, status });

describe('OR-2 an order', () => {
  it('takes from the stock, with the current names and prices', async () => {
    const spade = await add();
    const rake = await add({ name: 'Rake', price: 990 });
    const placed = await place(team.customer, [{ productId: spade.id }, { productId: rake.id, quantity: 3 }], 'Quick!');
    expect(placed).toMatchObject({
      status: 'pending',
      buyerId: team.customer.userId,
      title: 'Spade',
      lineCount: 2,
      quantity: 4,
      currency: 'EUR',
      total: 1250 + 3 * 990,
      can: { cancel: true, process: false },
    });
    await team.owner.api.products.update({ productId: rake.id, name: 'Better rake', price: 1990 });
    const { lines, note } = await team.customer.api.orders.get({ orderId: placed.id });
    expect(lines).toEqual([
      { productId: spade.id, name: 'Spade', price: 1250, quantity: 1, total: 1250 },
      { productId: rake.id, name: 'Rake', price: 990, quantity: 3, total: 2970 },
    ]);
    expect(note).toBe('Quick!');
    expect([await stockOf(spade.id), await stockOf(rake.id)]).toEqual([9, 7]);
    const [taken] = (await team.owner.api.products.movements({ productId: rake.id })).items;
    expect(taken).toMatchObject({ change: -3, reason: 'order', orderId: placed.id, authorId: team.customer.userId });
  });

  it('has one line for a product that is listed twice', async () => {
    const { id: productId } = await add({ stock: 5 });
    const { lines } = await place(team.customer, [{ productId, quantity: 2 }, { productId }]);
    expect(lines).toMatchObject([{ productId, quantity: 3 }]);
    const short = place(team.customer, [{ productId, quantity: 2 }, { productId }]);
    await expect(short).rejects.toMatchObject({ code: 'out_of_stock' });
  });

  it('is refused with the short lines and what is left, without side effects', async () => {
    const spade = await add({ stock: 2 });
    const rake = await add({ name: 'Rake' });
    const visitor = await world.join(workspaceId, team.owner, 'customer');
    await world.told();
    const short = place(visitor, [{ productId: rake.id }, { productId: spade.id, quantity: 3 }]);
    await expect(short).rejects.toMatchObject({
      code: 'out_of_stock',
      details: {
        errors: [{ path: 'items[1]', code: 'out_of_stock', message: '2 of Spade are left' }],
        current: {
          items: [
            { productId: rake.id, left: 10, quantity: 1 },
            { productId: spade.id, left: 2, quantity: 3 },
          ],
        },
      },
    });
    expect(await world.told()).toEqual([]);
    expect([await stockOf(spade.id), await stockOf(rake.id)]).toEqual([2, 10]);
    const { items } = await visitor.api.conversations.list({ workspaceId });
    expect(items.filter(({ kind }) => kind === 'support')).toEqual([]);
  });

  it('is only placed at the prices that the buyer saw', async () => {
    const { id: productId } = await add({ price: 500, stock: 20 });
    await team.owner.api.products.update({ productId, price: 700, stock: 2 });
    const short = place(team.customer, [{ productId, quantity: 5, price: 500 }]);
    await expect(short).rejects.toMatchObject({
      code: 'out_of_stock',
      details: { current: { items: [{ left: 2, price: 700 }] } },
    });
    const dearer = place(team.customer, [{ productId, quantity: 2, price: 500 }]);
    await expect(dearer).rejects.toMatchObject({
      code: 'price_changed',
      details: { errors: [{ path: 'items[0]' }], current: { items: [{ price: 700 }] } },
    });
    expect((await place(team.customer, [{ productId, price: 700 }])).total).toBe(700);
    expect((await place(team.customer, [{ productId }])).total).toBe(700);
  });

  it('has a single currency, in minor units', async () => {
    const totals: unknown[] = [];
    for (const [currency, price, quantity] of [
      ['JPY', 1000, 1],
      ['KWD', 1234, 2],
      ['CLP', 990, 1],
      ['EUR', 10, 3],
    ] as const) {
      const { id: productId } = await add({ currency, price });
      const { total, currency: charged } = await place(team.customer, [{ productId, quantity }]);
      totals.push([charged, total]);
    }
    expect(totals).toEqual([
      ['JPY', 1000],
      ['KWD', 2468],
      ['CLP', 990],
      ['EUR', 30],
    ]);
    const [yen, euro] = [await add({ currency: 'JPY' }), await add()];
    const mixed = place(team.customer, [{ productId: yen.id }, { productId: euro.id }]);
    await expect(mixed).rejects.toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'items[1]' }] } });
  });

  it('S44 is refused for foreign, deleted and inactive products, and for invalid quantities', async () => {
    const other = await world.workspace();
    const product = { workspaceId: other.id, name: 'Hoe', price: 1, currency: 'EUR', stock: 5 };
    const foreign = await other.owner.api.products.create(product);
    const hidden = await add({ active: false });
    const gone = await add();
    await team.owner.api.products.delete({ productId: gone.id });
    for (const productId of [foreign.id, hidden.id, gone.id, randomUUID()]) {
      const refused = place(team.customer, [{ productId }]);
      await expect(refused).rejects.toMatchObject({
        code: 'invalid_input',
        details: { errors: [{ path: 'items[0]' }] },
      });
    }
    const { id: productId } = await add();
    for (const quantity of [0, -1, 0.5, 1e9, Number.NaN]) {
      await expect(place(team.customer, [{ productId, quantity }])).rejects.toMatchObject({ code: 'invalid_input' });
    }
    await expect(place(team.guest, [{ productId }])).rejects.toMatchObject({ code: 'forbidden' });
    expect(await stockOf(productId)).toBe(10);
  });

  it('OR-4 has the open support conversation of its buyer', async () => {
    const { id: productId } = await add();
    const buyer = await world.join(workspaceId, team.owner, 'customer');
    const [first, second] = [await place(buyer, [{ productId }]), await place(buyer, [{ productId }])];
    expect(second.conversationId).toBe(first.conversationId);
    const conversationId = first.conversationId!;
    await move(team.member, first.id, 'processing');
    const { support, members } = await team.member.api.conversations.get({ conversationId });
    expect(support).toEqual({ status: 'assigned', customerId: buyer.userId, assigneeId: team.member.userId });
    expect(members.map(({ userId }) => userId)).toContain(buyer.userId);
    await team.member.api.support.close({ conversationId });
    expect((await place(buyer, [{ productId }])).conversationId).not.toBe(conversationId);
  });

  it('has the next number of its workspace, and is sent to the desk and the buyer', async () => {
    const { id: productId } = await add();
    const before = await place(team.customer, [{ productId }]);
    await world.told();
    const placed = await place(team.customer, [{ productId, quantity: 2 }]);
    expect(placed.number).toBe(before.number + 1);
    const told = (await world.told()).map(({ stream, type, body, actorId }) => ({ stream, type, body, actorId }));
    const { note: _, lines: __, can: ___, ...summary } = placed;
    const created = { type: 'order:created', body: summary, actorId: team.customer.userId };
    expect(told.filter(({ type }) => type !== 'notification')).toEqual([
      { stream: `desk:${workspaceId}`, ...created },
      { stream: `user:${team.customer.userId}`, ...created },
      {
        stream: `workspace:${workspaceId}`,
        type: 'product:updated',
        body: { productId, name: 'Spade', price: 1250, stock: 7 },
        actorId: null,
      },
    ]);
  });
});

describe('OR-3 the status of an order', () => {
  const ordered = async (quantity = 1) => {
    const { id: productId } = await add();
    return { productId, ...(await place(team.customer, [{ productId, quantity }])) };
  };

  it('changes step by step, each with its author, time and note', async () => {
    const { id: orderId } = await ordered();
    const api = { member: team.member.api.orders, admin: team.admin.api.orders };
    await api.member.update({ orderId, status: 'processing', note: 'Packed' });
    await api.admin.update({ orderId, status: 'shipped' });
    const { timeline, assigneeId, people, version, can } = await api.admin.update({ orderId, status: 'delivered' });
    const [member, admin] = [team.member.userId, team.admin.userId];
    expect(timeline).toMatchObject([
      { from: null, to: 'pending', authorId: team.customer.userId, assigneeId: null },
      { from: 'pending', to: 'processing', authorId: member, assigneeId: member, note: 'Packed' },
      { from: 'processing', to: 'shipped', authorId: admin, assigneeId: member, note: '' },
      { from: 'shipped', to: 'delivered', authorId: admin, assigneeId: member },
    ]);
    expect(timeline.map(({ at }) => at)).toEqual(timeline.map(({ at }) => at).toSorted());
    expect({ assigneeId, version }).toEqual({ assigneeId: member, version: 4 });
    expect(Object.values(can).some(Boolean)).toBe(false);
    expect(people.map(({ id }) => id).toSorted()).toEqual([team.customer.userId, member, admin].toSorted());
  });

  it.each([
    [['shipped'], 'shipped', 'pending'],
    [['delivered'], 'delivered', 'pending'],
    [['processing', 'processing'], 'processing', 'processing'],
    [['processing', 'shipped', 'cancelled'], 'cancelled', 'shipped'],
    [['cancelled', 'processing'], 'processing', 'cancelled'],
    [['cancelled', 'cancelled'], 'cancelled', 'cancelled'],
  ] as const)('F40 does not take the path %j', async (path, to, from) => {
    const { id } = await ordered();
    for (const status of path.slice(0, -1)) await move(team.member, id, status);
    await expect(move(team.member, id, to)).rejects.toMatchObject({
      code: 'conflict',
      message: `An order that is ${from} cannot become ${to}.`,
      details: { current: { id, status: from } },
    });
  });

  it('returns the items once when cancelled, including those of a deleted product', async () => {
    const { id, productId } = await ordered(4);
    expect(await stockOf(productId)).toBe(6);
    const attempts = await Promise.allSettled([
      move(team.customer, id, 'cancelled'),
      move(team.member, id, 'cancelled'),
      move(team.admin, id, 'cancelled'),
    ]);
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await stockOf(productId)).toBe(10);
    const second = await place(team.customer, [{ productId, quantity: 4 }]);
    await team.owner.api.products.delete({ productId });
    expect((await move(team.customer, second.id, 'cancelled')).lines).toMatchObject([{ name: 'Spade', quantity: 4 }]);
    const { rows } = await world.database.pool.query(
      'select stock, (select sum(change)::int from stock_movement where product_id = p.id) as sum from product p where id = $1',
      [productId],
    );
    expect(rows).toEqual([{ stock: 10, sum: 10 }]);
  });

  it('can be cancelled by the buyer while pending, and by no other customer', async () => {
    const { id } = await ordered();
    await move(team.member, id, 'processing');
    await expect(move(team.customer, id, 'cancelled')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(move(team.customer, id, 'shipped')).rejects.toMatchObject({ code: 'forbidden' });
    const other = await world.join(workspaceId, team.owner, 'customer');
    await expect(move(other, id, 'cancelled')).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is changed by only one of two who saw the same version', async () => {
    const { id: orderId, version } = await ordered();
    const results = await Promise.allSettled([
      team.member.api.orders.update({ orderId, status: 'processing', version }),
      team.admin.api.orders.update({ orderId, assigneeId: team.admin.userId, version }),
    ]);
    const [refused] = results.filter((result) => result.status === 'rejected');
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(refused?.reason).toMatchObject({
      code: 'version_conflict',
      details: { current: { id: orderId, version: 2 } },
    });
  });

  it('is assigned to whoever changes its status first, until it is reassigned or released', async () => {
    const { id: orderId } = await ordered();
    const { update } = team.admin.api.orders;
    expect((await move(team.member, orderId, 'processing')).assigneeId).toBe(team.member.userId);
    expect((await update({ orderId, assigneeId: team.owner.userId })).assigneeId).toBe(team.owner.userId);
    expect((await update({ orderId, assigneeId: null })).assigneeId).toBeNull();
    const stranger = update({ orderId, assigneeId: team.customer.userId });
    await expect(stranger).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(update({ orderId })).rejects.toMatchObject({ code: 'invalid_input' });
    await move(team.member, orderId, 'cancelled');
    await expect(update({ orderId, assigneeId: null })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('is enforced by the database', async () => {
    const { id } = await ordered();
    const query = (text: string) => world.database.pool.query(text, [id]);
    await expect(query("update shop_order set status = 'delivered' where id = $1")).rejects.toThrow(/refused/);
    await expect(query('update order_line set price = 1 where order_id = $1')).rejects.toThrow(/refused/);
    await expect(query('update desk set pending = pending + 1 where $1::uuid is not null')).rejects.toThrow(/check/);
  });
});

describe('lists', () => {
  it('show buyers their own orders, and staff all of them, filtered', async () => {
    const shop = await world.workspace();
    const { api } = shop.owner;
    const sell = (name: string) =>
      api.products.create({ workspaceId: shop.id, name, price: 100, currency: 'EUR', stock: 100 });
    const [spade, rake] = [await sell('Spade'), await sell('Rake 50%')];
    const buy = (who: Person, productId: string) =>
      who.api.orders.place({ workspaceId: shop.id, items: [{ productId }] });
    const orders = [
      await buy(shop.customer, spade.id),
      await buy(shop.member, rake.id),
      await buy(shop.customer, rake.id),
      await buy(shop.customer, spade.id),
    ];
    await api.users.updateMe({ name: 'Olga' });
    await shop.customer.api.users.updateMe({ name: 'Cora' });
    await move(shop.member, orders[0]!.id, 'processing');
    type Query = Partial<Parameters<typeof api.orders.list>[0]>;
    const numbers = async (query: Query) => {
      const all: number[] = [];
      let cursor: string | undefined;
      do {
        const page = await api.orders.list({ workspaceId: shop.id, limit: 2, ...query, ...(cursor && { cursor }) });
        all.push(...page.items.map(({ number }) => number));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      return all;
    };
    expect(await numbers({})).toEqual([4, 3, 2, 1]);
    expect(await numbers({ status: 'pending' })).toEqual([4, 3, 2]);
    expect(await numbers({ buyerId: shop.customer.userId })).toEqual([4, 3, 1]);
    expect(await numbers({ assigneeId: shop.member.userId })).toEqual([1]);
    expect(await numbers({ from: orders[1]!.createdAt, to: orders[3]!.createdAt })).toEqual([3, 2]);
    expect(await numbers({ q: '#3' })).toEqual([3]);
    expect(await numbers({ q: '0%' })).toEqual([3, 2]);
    expect(await numbers({ q: 'cor' })).toEqual([4, 3, 1]);
    const { people } = await api.orders.list({ workspaceId: shop.id });
    expect(people.map(({ name }) => name)).toContain('Cora');
    const mine = shop.customer.api.orders;
    const first = await mine.mine({ limit: 2, workspaceId: shop.id });
    const second = await mine.mine({ limit: 2, workspaceId: shop.id, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ number }) => number)).toEqual([4, 3, 1]);
    expect((await mine.mine({ status: 'processing' })).items.map(({ number }) => number)).toEqual([1]);
  });
});

it('is deleted with its workspace', async () => {
  const { id, owner, customer } = await world.workspace();
  const product = { workspaceId: id, name: 'Hoe', price: 1, currency: 'EUR', stock: 3 };
  const { id: productId } = await owner.api.products.create(product);
  const placed = await customer.api.orders.place({ workspaceId: id, items: [{ productId }] });
  await owner.api.workspaces.delete({ workspaceId: id });
  await expect(customer.api.orders.get({ orderId: placed.id })).rejects.toMatchObject({ code: 'not_found' });
  const left = await world.database.pool.query(
    'select from shop_order where workspace_id = $1 union all select from desk where workspace_id = $1',
    [id],
  );
  expect(left.rows).toEqual([]);
});
