import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const BUYERS = 10;
const ORDERS_EACH = 20;
const PIECES = 100;

/** The result of an order: placed with a number, or refused. */
type End = { number: number; id: string } | 'out_of_stock';

/** Sends the same order until there is an answer, to the running node. */
async function persist(send: (node: number) => Promise<Response>, first: number): Promise<End> {
  for (let tries = 0; tries < 200; tries += 1) {
    // A broken connection says nothing about the order.
    const response = await send((first + tries) % 2).catch(() => undefined);
    const answer = (await response?.json().catch(() => undefined)) as { code?: string; number: number; id: string };
    if (response?.status === 201 && answer) return { number: answer.number, id: answer.id };
    if (answer?.code === 'out_of_stock') return 'out_of_stock';
    await sleep(100);
  }
  throw new Error('An order was never answered.');
}

test('F38 F39 of 200 orders for 100 items on two nodes, one of which is killed, 100 succeed, with gapless numbers and exact stock', async () => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url, env: { LIMIT_ORDER: '100000/60' } }, onTestFinished);
  const names = Array.from({ length: BUYERS }, (_, at) => `buyer${at}`);
  const { members, workspaceId } = await createTeam(nodes.at(0).url, ...names);
  const [owner] = members;
  const product = { workspaceId, name: 'Spade', price: 100, currency: 'EUR', stock: PIECES };
  const { id: productId } = await owner!.client.api.products.create(product);

  const send = (token: string, key: string) => (node: number) =>
    fetch(`${nodes.at(node).url}/api/v1/workspaces/${workspaceId}/orders`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key },
      body: JSON.stringify({ items: [{ productId }] }),
      signal: AbortSignal.timeout(10_000),
    });
  let answered = 0;
  const sending = members.flatMap(({ token }, buyer) =>
    Array.from({ length: ORDERS_EACH }, async (_, at) => {
      await sleep(at * 30);
      const end = await persist(send(token, `${buyer} ${at}`), at);
      answered += 1;
      return { end, again: () => persist(send(token, `${buyer} ${at}`), 1) };
    }),
  );
  while (answered < 30) await sleep(5);
  await nodes.at(0).kill();
  const ends = await Promise.all(sending);

  const placed = ends.filter(({ end }) => end !== 'out_of_stock');
  expect(placed).toHaveLength(PIECES);
  // Answers before the kill match what is found afterwards.
  for (const { end, again } of placed.slice(0, 10)) expect(await again()).toEqual(end);

  const pool = new pg.Pool({ connectionString: nodes.databaseUrl });
  onTestFinished(() => pool.end());
  const { rows } = await pool.query(
    `select p.stock, (select sum(change)::int from stock_movement m where m.product_id = p.id) as moved,
       (select array_agg(number order by number) from shop_order o where o.workspace_id = p.workspace_id) as numbers
     from product p where p.id = $1`,
    [productId],
  );
  const numbers = Array.from({ length: PIECES }, (_, at) => at + 1);
  expect(rows).toEqual([{ stock: 0, moved: 0, numbers }]);
  expect(placed.map(({ end }) => (end === 'out_of_stock' ? 0 : end.number)).toSorted((a, b) => a - b)).toEqual(numbers);
  report('F38', { orders: BUYERS * ORDERS_EACH, sold: placed.length });
});
