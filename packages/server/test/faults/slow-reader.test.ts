import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '../database.ts';
import { Participant } from './harness/participant.ts';
import { type LinkProxy, startProxy } from './harness/proxy.ts';
import { type Random, seededRandom } from './harness/random.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { type Scene, setUpScene } from './harness/scene.ts';
import { type ServerProcess, startServer } from './harness/server.ts';
import { allCaughtUp, headsOf, settle, verify } from './harness/verify.ts';
import { freePort, workDirectory } from './harness/work-directory.ts';

const MB = 1_000_000;
/** Three bytes each on the wire, and no word to be indexed. */
const PADDING = `~${'…'.repeat(7_900)}`;
const MESSAGE_BYTES = 23_700;
const FLOOD = Math.round((shortOrLong(60, 100) * MB) / MESSAGE_BYTES);
/** As much as is sent afterwards: with less, the heap would not yet have its normal size. */
const WARM_UP = FLOOD;
const MOST_GROWTH = 50 * MB;
const CHANNELS = 4;
const WRITERS = 8;

interface SlowScene extends Scene {
  server: ServerProcess;
  proxy: LinkProxy;
  /** Sends a number of large messages, spread over all channels. */
  flood(count: number, enough?: () => boolean): Promise<void>;
  /** Milliseconds until a small message is acknowledged. */
  probe(): Promise<number>;
}

/**
 * One reader behind a proxy, one directly connected; people who write, over REST, in channels that all of them are in.
 */
async function setSlowScene(random: Random, sabotage: object): Promise<SlowScene> {
  const database = await testDatabase();
  onTestFinished(() => database.close());
  const dataDir = path.join(await workDirectory(onTestFinished), 'data');
  const port = await freePort();
  const args = [JSON.stringify(sabotage)];
  // With much free memory, the collector leaves garbage: then growth would say nothing.
  const env = { DATABASE_URL: database.url, NODE_OPTIONS: '--max-old-space-size=112 --max-semi-space-size=4' };
  const server = startServer({ dataDir, port, env, script: 'serve-sabotaged.ts', args });
  await server.ready();
  const proxy = await startProxy(port, onTestFinished);
  const { url } = server;
  const urlOf = (at: number) => (at === 0 ? proxy.url : url);
  const common = { url, databaseUrl: database.url, random, cleanup: onTestFinished, names: ['dan', 'ann'] };
  const scene = await setUpScene({ ...common, urlOf, deliveredReceipts: false });
  const [dan, ann] = scene.members;
  const { workspaceId } = scene;
  const channels = await Promise.all(
    Array.from({ length: CHANNELS }, (_, at) =>
      ann!.client.api.conversations.create({ workspaceId, kind: 'channel', name: `c${at}`, memberIds: [dan!.userId] }),
    ),
  );
  const streams = channels.map(({ id }) => `conversation:${id}`);
  const since = await headsOf(database.url, [scene.stream, ...streams]);
  await sleep(200);
  const writers = Array.from({ length: WRITERS }, (_, at) => {
    const writer = new Participant({ name: `writer/${at}`, url, member: ann!, history: scene.history, random });
    onTestFinished(() => writer.close());
    return writer;
  });
  return {
    ...scene,
    since,
    server,
    proxy,
    async flood(count, enough = () => false) {
      let left = count;
      const write = async (writer: Participant, at: number) => {
        while (left-- > 0 && !enough()) await writer.say(channels[at % CHANNELS]!.id, PADDING);
      };
      await Promise.all(writers.map(write));
    },
    async probe() {
      const began = performance.now();
      const said = await scene.participants[1]!.say(scene.conversationId);
      while (scene.participants[1]!.position(scene.stream) < (said?.seq ?? 0)) await sleep(1);
      return performance.now() - began;
    },
  };
}

/** Measures the server's memory and the delay for others, during some activity. */
async function watch(scene: SlowScene, act: () => Promise<void>): Promise<{ mostRss: number; p99: number }> {
  let goesOn = true;
  let mostRss = 0;
  const waits: number[] = [];
  const watching = (async () => {
    while (goesOn) {
      mostRss = Math.max(mostRss, scene.server.rss());
      waits.push(await scene.probe());
      await sleep(20);
    }
  })();
  await act();
  goesOn = false;
  await watching;
  waits.sort((one, other) => one - other);
  return { mostRss, p99: waits[Math.floor(waits.length * 0.99)] ?? 0 };
}

test('F15 a reader that stops reading is disconnected before it costs memory, and resumes where it was', async () => {
  const random = seededRandom('F15');
  const scene = await setSlowScene(random, {});
  const before = await watch(scene, () => scene.flood(WARM_UP));
  await allCaughtUp(scene);
  scene.proxy.stopReading();
  const during = await watch(scene, () => scene.flood(FLOOD));
  const cuts = () => scene.server.log.filter((line) => line.includes('slow_consumer')).length;
  expect(cuts()).toBe(1);
  scene.proxy.heal();
  const after = await watch(scene, async () => {
    await allCaughtUp({ ...scene, withinMs: 90_000 });
  });
  const mb = (bytes: number) => bytes / MB;
  report('F15', {
    growthMb: mb(during.mostRss - before.mostRss),
    rssMb: [before, during, after].map(({ mostRss }) => mb(mostRss)),
    p99: [before, during, after].map(({ p99 }) => p99),
    cuts: cuts(),
  });
  expect(during.mostRss - before.mostRss).toBeLessThan(MOST_GROWTH);
  expect(during.p99).toBeLessThan(allowedMs(1_000));
  expect(cuts(), 'catching up is not reading too slowly').toBe(1);
  expect(scene.participants.filter(({ resets }) => resets > 0)).toEqual([]);
  await settle(scene);
  expect(await verify(scene)).toEqual([]);
  expect(await scene.server.stop()).toBe(0);
}, 170_000);

test('F15 control: without the disconnect, memory grows with unread data', async () => {
  // A client that reads nothing answers no ping either: on a slow machine that would end the connection first.
  const heartbeat = { intervalMs: 600_000, timeoutMs: 600_000 };
  const scene = await setSlowScene(seededRandom('F15 control'), { endlessPatience: true, heartbeat });
  await scene.flood(WARM_UP);
  const before = scene.server.rss();
  scene.proxy.stopReading();
  const growth = () => scene.server.rss() - before;
  await scene.flood(2 * FLOOD, () => growth() > MOST_GROWTH);
  report('F15 control', { growthMb: growth() / MB });
  expect(growth()).toBeGreaterThan(MOST_GROWTH);
}, 170_000);
