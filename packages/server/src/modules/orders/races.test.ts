import { afterAll, beforeAll, expect, it } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Crowd, makeCrowd } from './test/crowd.ts';

const BUYERS = 200;
const AT_ONCE = 20;

let crowd: Crowd;
beforeAll(async () => {
  crowd = await makeCrowd(BUYERS);
});
afterAll(() => crowd?.close());

/** The results of the calls, `ok` or the problem code, with their counts. */
async function endsOf(calls: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const settled = await Promise.allSettled(calls);
  const ends: Record<string, number> = {};
  for (const each of settled) {
    const end = each.status === 'fulfilled' ? 'ok' : String((each.reason as { code?: string }).code);
    ends[end] = (ends[end] ?? 0) + 1;
  }
  return ends;
}

/** Invariants that must always hold. */
async function expectSound(): Promise<void> {
  const products = await crowd.query(`
    select p.stock, (select coalesce(sum(change), 0)::int from stock_movement m where m.product_id = p.id) as moved
    from product p where p.workspace_id = $1`);
  expect(products.filter(({ stock, moved }) => stock !== moved || Number(stock) < 0)).toEqual([]);
  const [orders] = await crowd.query(`
    select count(*)::int as count, coalesce(max(number), 0) as last, count(distinct number)::int as numbers
    from shop_order where workspace_id = $1`);
  expect(orders).toEqual({ count: orders?.count, last: orders?.count, numbers: orders?.count });
  const wrong = await crowd.query(`
    select status from (
      select s.status, (to_jsonb(d) ->> s.status)::int as counted,
        (select count(*)::int from shop_order o where o.workspace_id = d.workspace_id and o.status = s.status) as there
      from desk d, unnest('{pending,processing,shipped,delivered,cancelled}'::text[]) s (status)
      where d.workspace_id = $1
    ) c where counted <> there`);
  expect(wrong).toEqual([]);
}

it('F38 sells 50 items to 200 concurrent buyers of one each, in any order of their baskets', async () => {
  const [one, two] = [await crowd.sell(50), await crowd.sell(50)];
  const baskets = crowd.buyers.map((_, at) =>
    at % 2 === 0 ? [{ productId: one }, { productId: two }] : [{ productId: two }, { productId: one }],
  );
  const ends = await endsOf(crowd.buyers.map((buyer, at) => buyer.place(baskets[at] ?? [])));
  expect(ends).toEqual({ ok: 50, out_of_stock: 150 });
  await expectSound();
  expect(crowd.app.faults).toEqual([]);
});

it('F38 would oversell if the stock were read before it is locked', async () => {
  const database = await testDatabase();
  await database.pool.query('create table shelf (stock int not null)');
  await database.pool.query('insert into shelf values (50)');
  const buy = async () => {
    const { rows } = await database.pool.query('select stock from shelf');
    if (rows[0].stock < 1) return 0;
    await database.pool.query('update shelf set stock = $1', [rows[0].stock - 1]);
    return 1;
  };
  const sold: number[] = await Promise.all(Array.from({ length: BUYERS }, buy));
  await database.close();
  expect(sold.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(50);
});

it('S45 sells the last item once to twenty concurrent buyers, and 3 times 3 of 10', async () => {
  const some = crowd.buyers.slice(0, AT_ONCE);
  for (let round = 0; round < 15; round += 1) {
    const productId = await crowd.sell(1);
    expect(await endsOf(some.map((buyer) => buyer.place([{ productId }])))).toEqual({
      ok: 1,
      out_of_stock: AT_ONCE - 1,
    });
  }
  const productId = await crowd.sell(10);
  const ends = await endsOf(some.map((buyer) => buyer.place([{ productId, quantity: 3 }])));
  expect(ends).toEqual({ ok: 3, out_of_stock: AT_ONCE - 3 });
  expect((await crowd.owner.call('products.get', { productId })).stock).toBe(1);
  await expectSound();
});

it('F39 places one order per key, however often it is sent, permanently', async () => {
  const productId = await crowd.sell(100);
  const [buyer, other] = crowd.buyers;
  const send = () => buyer!.place([{ productId, quantity: 2 }], 'basket 1');
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, send));
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(answers.every((answer) => JSON.stringify(answer) === JSON.stringify(answers[0]))).toBe(true);
  // Stored responses of commands are deleted after a week.
  await crowd.query('delete from idempotency where $1::text is not null');
  expect((await send()).id).toBe(answers[0]?.id);
  const another = buyer!.place([{ productId, quantity: 3 }], 'basket 1');
  await expect(another).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  expect((await other!.place([{ productId, quantity: 2 }], 'basket 1')).id).not.toBe(answers[0]?.id);
  expect((await crowd.owner.call('products.get', { productId })).stock).toBe(96);
  const [row] = await crowd.query(
    `select count(*)::int as orders from shop_order where workspace_id = $1 and intent_key = 'basket 1'`,
  );
  expect(row).toEqual({ orders: 2 });
});

it('F39 would place several if the key were looked up before it is written', async () => {
  const database = await testDatabase();
  await database.pool.query('create table plain_order (key text not null)');
  const send = async () => {
    const { rows } = await database.pool.query("select from plain_order where key = 'basket 1'");
    if (rows.length === 0) await database.pool.query("insert into plain_order values ('basket 1')");
  };
  await Promise.all(Array.from({ length: AT_ONCE }, send));
  const { rows } = await database.pool.query('select from plain_order');
  await database.close();
  expect(rows.length).toBeGreaterThan(1);
});

it('F40 is consistent when a buyer cancels, the desk ships and the stock is corrected at once', async () => {
  const { app, owner, buyers } = crowd;
  const [buyer] = buyers;
  const productId = await crowd.sell(1_000);
  for (let round = 0; round < AT_ONCE; round += 1) {
    const { id: orderId } = await buyer!.place([{ productId, quantity: 5 }]);
    const to = (status: string) => owner.call('orders.update', { orderId, status: status as 'shipped' });
    await endsOf([
      buyer!.cancel(orderId),
      to('processing'),
      owner.call('products.moveStock', { productId, change: 1, reason: 'delivery' }),
      to('shipped'),
      to('cancelled'),
      buyer!.cancel(orderId),
    ]);
    const { status, timeline, version } = await owner.call('orders.get', { orderId });
    const path = timeline.map((entry) => entry.to);
    expect(timeline.slice(1).map(({ from }) => from)).toEqual(path.slice(0, -1));
    expect(version).toBe(path.length);
    const [returned] = await crowd.query(
      `select count(*)::int as n from stock_movement m join shop_order o on o.id = m.order_id
       where o.workspace_id = $1 and m.order_id = '${orderId}' and m.reason = 'cancellation'`,
    );
    expect(returned).toEqual({ n: status === 'cancelled' ? 1 : 0 });
    const told = (await app.events(`user:${buyer!.userId}`)).filter(({ body }) => body.orderId === orderId);
    expect(told.filter(({ type }) => type === 'order:statusChanged').map(({ body }) => body.status)).toEqual(
      path.slice(1),
    );
  }
  await expectSound();
  expect(app.faults).toEqual([]);
});

it('F40 would return items twice if the status were not checked under the lock', async () => {
  const database = await testDatabase();
  await database.pool.query("create table plain_order as select 'pending'::text as status, 10 as stock");
  const cancel = async () => {
    const { rows } = await database.pool.query('select status from plain_order');
    if (rows[0].status === 'pending') {
      await database.pool.query("update plain_order set status = 'cancelled', stock = stock + 5");
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, () => database.pool.query('select pg_sleep(0.05)')));
  await Promise.all(Array.from({ length: AT_ONCE }, cancel));
  const { rows } = await database.pool.query('select stock from plain_order');
  await database.close();
  expect(rows[0].stock).toBeGreaterThan(15);
});
