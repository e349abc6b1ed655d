import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@atrium/client';
import { describe, test } from 'vitest';
import { testApp } from '../app.ts';
import { testDatabase } from '../database.ts';
import { startProxy } from './harness/proxy.ts';
import { seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { setUpScene, startTraffic } from './harness/scene.ts';
import { startServer } from './harness/server.ts';
import { countOpenConnections } from './harness/sockets.ts';
import { until } from './harness/until.ts';
import { settle, verify } from './harness/verify.ts';
import { type Cleanup, freePort, workDirectory } from './harness/work-directory.ts';

/** The short form has no time for the server's intervals. */
const HEARTBEAT = shortOrLong({ intervalMs: 3_000, timeoutMs: 2_500 }, undefined);
const NOTICED_WITHIN_MS = allowedMs(shortOrLong(7_500, 20_000));
const BLACK_HOLE_MS = shortOrLong(7_000, 60_000);
const BEACON_MS = shortOrLong(3_000, 15_000);
const BEACON_WITHIN_MS = allowedMs(1.34 * BEACON_MS);
/** No beacon comes later than this. */
const LAST_BEACON_MS = 1.1 * BEACON_MS + 100;

// All of them wait, for different things; so they run at the same time.
describe.concurrent('silence', { timeout: shortOrLong(60_000, 150_000) }, () => {
  test('F14 a connection that swallows everything is detected at both ends, and missed events are delivered later', async ({
    expect,
    onTestFinished,
  }) => {
    const random = seededRandom('F14');
    const database = await testDatabase();
    onTestFinished(() => database.close());
    const dataDir = path.join(await workDirectory(onTestFinished), 'data');
    const port = await freePort();
    const server = startServer({
      dataDir,
      port,
      env: { DATABASE_URL: database.url },
      script: 'serve-sabotaged.ts',
      args: [JSON.stringify({ heartbeat: HEARTBEAT })],
    });
    await server.ready();
    const proxy = await startProxy(port, onTestFinished);
    const urlOf = (at: number) => (at === 0 ? server.url : proxy.url);
    const common = { url: server.url, databaseUrl: database.url, random, cleanup: onTestFinished };
    const scene = await setUpScene({
      ...common,
      names: ['ann', 'bob', 'cleo', 'dan'],
      urlOf,
      deliveredReceipts: false,
    });
    const [outside, talking, ...quiet] = scene.participants;
    await Promise.all(scene.participants.map((participant) => participant.say(scene.conversationId)));
    // Connections of REST calls stay open as well.
    const open = await countOpenConnections(port);

    proxy.blackHole();
    const began = performance.now();
    const talk = startTraffic({ ...scene, participants: [outside!] }, random, 20, 400);
    const unsent = talking!.say(scene.conversationId);
    const freedMs = await until(
      async () => (await countOpenConnections(port)) <= open - 3,
      NOTICED_WITHIN_MS,
      'the sockets are free',
    );
    await until(
      () => [talking!, ...quiet].every(({ lostAt }) => lostAt > began),
      NOTICED_WITHIN_MS - freedMs,
      'noticed',
    );
    const noticedMs = [talking!, ...quiet].map(({ lostAt }) => lostAt - began);
    await sleep(Math.max(0, BLACK_HOLE_MS - (performance.now() - began)));
    await talk.finish();

    proxy.heal();
    const healed = performance.now();
    await unsent;
    const settledMs = await settle(scene);
    report('F14', { noticedMs, freedMs, settledMs, sentMs: performance.now() - healed });
    expect(Math.max(...noticedMs)).toBeLessThan(NOTICED_WITHIN_MS);
    expect(await verify(scene)).toEqual([]);
    expect(scene.participants.filter(({ resets }) => resets > 0)).toEqual([]);
    expect(await server.stop()).toBe(0);
  });

  test('F14 control: without heartbeats nobody notices', async ({ expect, onTestFinished }) => {
    const never = { intervalMs: 3_600_000, timeoutMs: 3_600_000 };
    const database = await testDatabase();
    onTestFinished(() => database.close());
    const dataDir = path.join(await workDirectory(onTestFinished), 'data');
    const port = await freePort();
    const env = { DATABASE_URL: database.url };
    const args = [JSON.stringify({ heartbeat: never })];
    const server = startServer({ dataDir, port, env, script: 'serve-sabotaged.ts', args });
    await server.ready();
    const proxy = await startProxy(port, onTestFinished);
    const common = {
      url: server.url,
      databaseUrl: database.url,
      random: seededRandom('F14 control'),
      cleanup: onTestFinished,
    };
    const scene = await setUpScene({
      ...common,
      names: ['ann', 'bob'],
      urlOf: () => proxy.url,
      deliveredReceipts: false,
    });
    proxy.blackHole();
    const began = performance.now();
    await sleep(BLACK_HOLE_MS);
    expect(scene.participants.filter(({ lostAt }) => lostAt > began)).toEqual([]);
  });

  test('F16 a lost last event is delivered after the next beacon, without any action', async ({ onTestFinished }) => {
    const reader = await readerWithoutTheLast(onTestFinished, BEACON_MS);
    const arrivedMs = await until(reader.hasTheLast, BEACON_WITHIN_MS, 'the last message');
    report('F16', { arrivedMs });
  });

  test('F16 control: without beacons it is never delivered', async ({ expect, onTestFinished }) => {
    const reader = await readerWithoutTheLast(onTestFinished, 3_600_000);
    await sleep(LAST_BEACON_MS);
    expect(reader.hasTheLast()).toBe(false);
    reader.wake();
    await until(reader.hasTheLast, allowedMs(5_000), 'the last message, once asked for');
  });
});

/** A client that got a message, but not the one after it, which is the last. */
async function readerWithoutTheLast(cleanup: Cleanup, beaconMs: number) {
  const app = await testApp({
    tamper: (events) => events.filter(({ data }) => data.content !== 'the last'),
    beaconMs,
  });
  cleanup(() => app.close());
  const url = await app.listen();
  const [ann, bob] = [await app.person('Ann'), await app.person('Bob')];
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  await bob.call(
    'workspaces.join',
    await ann.call('workspaces.joinCode', { workspaceId }).then(({ code }) => ({ code })),
  );
  const { items } = await ann.call('conversations.list', { workspaceId });
  const conversationId = items[0]?.id ?? '';
  const client = createClient({ url, token: bob.accessToken, deliveredReceipts: false });
  cleanup(() => client.close());
  await client.connect();
  const last = () => client.state.conversations[conversationId]?.lastMessage?.content;
  for (const content of ['the first', 'the last']) {
    await ann.call('messages.send', { conversationId, content, clientMessageId: crypto.randomUUID() });
  }
  await until(() => last() === 'the first', allowedMs(5_000), 'the first message');
  return { hasTheLast: () => last() === 'the last', wake: () => client.live.sync() };
}
