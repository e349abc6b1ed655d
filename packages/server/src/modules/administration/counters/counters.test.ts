import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { recordSocket, type SocketRecorder } from '../../../../test/socket.ts';
import { countMessagesSince } from '../../chat/index.ts';
import { countOrdersSince } from '../../orders/index.ts';
import { type CurrentDeps, currentCounters, MEASURE_MS } from './current.ts';
import { takeSample, tidySamples } from './samples.ts';

let app: TestApp;
let root: Person;
let ann: Person;
let url: string;

beforeAll(async () => {
  app = await testApp();
  root = await app.person('Root');
  ann = await app.person('Ann');
  url = await app.listen();
});
afterAll(() => app?.close());
beforeEach(async () => {
  await app.database.pool.query('delete from instance_counters');
  await app.database.pool.query('delete from counter_sample');
});

async function listen(person: Person): Promise<SocketRecorder> {
  const recorder = await recordSocket(url, person.accessToken);
  onTestFinished(() => recorder.close());
  return recorder;
}

const heardBy = ({ heard }: SocketRecorder) => heard.filter(({ type }) => type === 'instance:counters');

/**
 * The dependencies of a node's measurements, with a manual clock ahead of the server's own measurements; `measured`
 * counts them.
 */
function node(start: string) {
  const state = { now: Date.parse(start), measured: 0, waiting: 0 };
  const deps: CurrentDeps = {
    clock: { now: () => new Date(state.now) },
    db: app.database.db,
    dataDir: '.',
    defaultTimezone: 'UTC',
    sockets: () => 7,
    online: () => 5,
    jobCounts: async () => {
      state.measured += 1;
      return { active: 1, waiting: state.waiting };
    },
  };
  return { deps, state };
}

test('administrators who watch receive the counters as they change', async () => {
  const [watching, other] = [await listen(root), await listen(root)];
  const first = await watching.call('counters.watch', {});
  expect(first).toMatchObject({ ok: true, data: { online: 1, sockets: 2, runningTimers: 0 } });
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  const { id: taskId } = await ann.call('tasks.create', { workspaceId, title: 'Mow' });
  await ann.call('timers.start', { taskId });
  const [conversation] = (await ann.call('conversations.list', { workspaceId })).items;
  for (const content of ['One', 'Two']) {
    const clientMessageId = crypto.randomUUID();
    await ann.call('messages.send', { conversationId: String(conversation?.id), content, clientMessageId });
  }
  const product = await ann.call('products.create', {
    workspaceId,
    name: 'Spade',
    price: 100,
    currency: 'EUR',
    stock: 1,
  });
  await ann.call('orders.place', { workspaceId, items: [{ productId: product.id }] });
  await watching.until(() => heardBy(watching).some(({ data }) => data.ordersToday === 1));
  expect(heardBy(watching).at(-1)?.data).toMatchObject({
    online: 1,
    sockets: 2,
    messagesPerMinute: 2,
    runningTimers: 1,
  });
  const { databaseBytes, diskBytes, diskUsedBytes } = { ...heardBy(watching).at(-1)?.data } as Record<string, number>;
  expect(databaseBytes).toBeGreaterThan(1_000_000);
  expect(diskBytes).toBeGreaterThan(diskUsedBytes ?? 0);
  expect(heardBy(other)).toEqual([]);
  await ann.call('timers.stop', { taskId });
});

test('backdated rows of the demo and imports do not count for today', async () => {
  const { db, pool } = app.database;
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Orchard' });
  const about = { workspaceId, name: 'Ladder', price: 100, currency: 'EUR', stock: 9 };
  const { id: productId } = await ann.call('products.create', about);
  const { id } = await ann.call('orders.place', { workspaceId, items: [{ productId }] });
  const [conversation] = (await ann.call('conversations.list', { workspaceId })).items;
  const said = { conversationId: String(conversation?.id), content: 'Now', clientMessageId: crypto.randomUUID() };
  const { message } = await ann.call('messages.send', said);
  const hour = new Date(Date.now() - 3_600_000);
  const counts = () => Promise.all([countOrdersSince(db, hour), countMessagesSince(db, hour)]);
  const [orders, messages] = await counts();
  await pool.query("update shop_order set created_at = created_at - interval '3 days' where id = $1", [id]);
  await pool.query("update message set created_at = created_at - interval '3 days' where id = $1", [message.id]);
  expect(await counts()).toEqual([orders - 1, messages - 1]);
});

test('nothing is measured while nobody is watching', async () => {
  const watching = await listen(root);
  await watching.call('counters.watch', {});
  await watching.until(() => heardBy(watching).length >= 1);
  await watching.call('counters.unwatch', {});
  const count = heardBy(watching).length;
  await app.database.pool.query('delete from instance_counters');
  await sleep(MEASURE_MS + 500);
  expect(heardBy(watching)).toHaveLength(count);
  // A sample of the minute may have been taken in the meantime.
  const { rows } = await app.database.pool.query(
    'select from instance_counters where not exists (select from counter_sample)',
  );
  expect(rows).toEqual([]);
});

test('a new administrator can watch on an open connection, and receives nothing after losing the role', async () => {
  const bea = await app.person('Bea');
  const [promoted, watching] = [await listen(bea), await listen(root)];
  expect(await promoted.call('counters.watch', {})).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  await root.call('adminUsers.update', { userId: bea.userId, role: 'admin' });
  await promoted.until((heard) => heard.some(({ type }) => type === 'me:updated'));
  await watching.call('counters.watch', {});
  await promoted.call('counters.watch', {});
  await promoted.until(() => heardBy(promoted).length >= 1);
  await root.call('adminUsers.update', { userId: bea.userId, role: 'user' });
  await promoted.until((heard) => heard.filter(({ type }) => type === 'me:updated').length === 2);
  const [seen, count] = [heardBy(watching).length, heardBy(promoted).length];
  await watching.until(() => heardBy(watching).length >= seen + 2);
  expect(heardBy(promoted)).toHaveLength(count);
});

test('several nodes measure once per interval, and all show the same', async () => {
  const [one, other] = [node('2126-08-01T12:00:00Z'), node('2126-08-01T12:00:00Z')];
  const measured = await currentCounters(one.deps);
  expect(measured).toMatchObject({ at: '2126-08-01T12:00:00.000Z', online: 5, sockets: 7, queueDepth: 1 });
  other.state.now += 1_500;
  expect(await currentCounters(other.deps)).toEqual(measured);
  other.state.now += 500;
  one.state.now = other.state.now;
  const next = await Promise.all([currentCounters(other.deps), currentCounters(one.deps)]);
  expect(next.map(({ at }) => at)).toContain('2126-08-01T12:00:02.000Z');
  expect(one.state.measured + other.state.measured).toBe(2);
});

test('an unfinished measurement of another node is not shown as current for long', async () => {
  const { deps, state } = node('2126-08-01T12:00:00Z');
  await currentCounters(deps);
  state.now += 60_000;
  await app.database.pool.query('update instance_counters set claimed_at = $1', [new Date(state.now)]);
  expect((await currentCounters(deps)).at).toBe('2126-08-01T12:01:00.000Z');
});

test('a minute has one sample, whichever node takes it', async () => {
  const [one, other] = [node('2126-08-01T12:00:10Z'), node('2126-08-01T12:00:30Z')];
  await Promise.all([takeSample(one.deps), takeSample(other.deps)]);
  await takeSample(one.deps);
  other.state.now = Date.parse('2126-08-01T12:01:00Z');
  await takeSample(other.deps);
  const { rows } = await app.database.pool.query<{ at: Date }>(
    "select at from counter_sample where at > '2100-01-01' order by at",
  );
  expect(rows.map(({ at }) => at.toISOString())).toEqual(['2126-08-01T12:00:00.000Z', '2126-08-01T12:01:00.000Z']);
});

test('samples are kept per minute for a day, then as the maximum of each quarter of an hour for a month', async () => {
  const { deps, state } = node('2126-08-01T12:00:00Z');
  for (const [at, depth] of [
    ['2126-06-30T11:59:00Z', 9],
    ['2126-07-31T11:00:00Z', 3],
    ['2126-07-31T11:14:00Z', 8],
    ['2126-07-31T11:15:00Z', 2],
    ['2126-07-31T12:10:00Z', 4],
    ['2126-07-31T12:11:00Z', 6],
  ] as const) {
    state.now = Date.parse(at);
    state.waiting = depth - 1;
    await takeSample(deps);
  }
  state.now = Date.parse('2126-08-01T12:00:00Z');
  await tidySamples(deps);
  await tidySamples(deps);
  const { rows } = await app.database.pool.query<{ at: Date; minutes: number; queue_depth: number }>(
    "select at, minutes, queue_depth from counter_sample where at > '2100-01-01' order by at",
  );
  expect(rows.map(({ at, minutes, queue_depth: depth }) => [at.toISOString().slice(5, 16), minutes, depth])).toEqual([
    ['07-31T11:00', 15, 8],
    ['07-31T11:15', 15, 2],
    ['07-31T12:10', 1, 4],
    ['07-31T12:11', 1, 6],
  ]);
});

test('the history has the maximum of each interval of the last 24 hours', async () => {
  const { deps, state } = node('2126-08-01T12:00:00Z');
  const now = Date.now();
  const start = Math.ceil((now - 86_400_000) / 300_000) * 300_000;
  for (const [minutes, depth] of [
    [-1, 50],
    [0, 2],
    [4, 7],
    [5, 3],
    [60, 1],
  ] as const) {
    state.now = start + minutes * 60_000;
    state.waiting = depth - 1;
    await takeSample(deps);
  }
  const { from, samples: all } = await root.call('counters.history', {});
  // The server itself may have just added one.
  const samples = all.filter(({ at }) => Date.parse(at) < start + 3_600_001);
  expect(from).toBe(new Date(start).toISOString());
  expect(samples.map(({ at, queueDepth }) => [(Date.parse(at) - start) / 60_000, queueDepth])).toEqual([
    [0, 7],
    [5, 3],
    [60, 1],
  ]);
  expect((await root.call('counters.history', { everyMinutes: 1 })).samples.length).toBeGreaterThanOrEqual(4);
});
