import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ActionRunner, countBy } from '../faults/harness/action-runner.ts';
import { startControl } from '../faults/harness/control.ts';
import { startProxy } from '../faults/harness/proxy.ts';
import { between, seededRandom } from '../faults/harness/random.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs, shortOrLong } from '../faults/harness/run-length.ts';
import { type Scene, setUpScene, startTraffic } from '../faults/harness/scene.ts';
import { injectFaults } from '../faults/harness/schedule.ts';
import { verifyActions, verifyStates } from '../faults/harness/traces.ts';
import { settle, verify } from '../faults/harness/verify.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const SENDS = shortOrLong(20, 150);
const FAULTS = shortOrLong(6, 40);
const WAIT_MS = allowedMs(3_000);

test('F2 when nodes are killed and connections cut at random, nothing is lost, and nobody waits over 3 s while a node is up', {
  timeout: shortOrLong(120_000, 600_000),
}, async () => {
  const random = seededRandom('F2');
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  // A load balancer: each connection leads to a running node.
  const lines = await Promise.all([0, 1].map((node) => startProxy(nodes.at(node).port, onTestFinished)));
  const line = (at: number) => {
    const found = lines[at % 2];
    if (found === undefined) throw new RangeError('There are two lines.');
    return found;
  };
  const scene = await setUpScene({
    url: nodes.at(0).url,
    urlOf: (at) => line(at).url,
    databaseUrl: nodes.databaseUrl,
    random,
    cleanup: onTestFinished,
    clients: 8,
    whole: true,
  });
  const control = await startControl({
    urls: [line(0).url, line(1).url],
    databaseUrl: nodes.databaseUrl,
    cleanup: onTestFinished,
  });
  const waits = watchWaits(scene);
  const { conversationId } = scene;
  const runners = new Map(
    scene.participants.map((participant) => [participant, new ActionRunner({ participant, conversationId, random })]),
  );
  const talk = startTraffic(scene, random, SENDS, 60, async (participant) => runners.get(participant)?.act());

  const killOne = async () => {
    const victim = random() < 0.5 ? 0 : 1;
    const survivor = nodes.at(1 - victim);
    for (const proxy of lines) proxy.retarget(survivor.port);
    await nodes.at(victim).kill();
    await sleep(between(random, 100, 1_000));
    await nodes.restart(victim);
    line(victim).retarget(nodes.at(victim).port);
    // Clients that moved to the surviving node sometimes come back.
    if (random() < 0.5) line(victim).cut();
  };
  const struck = await injectFaults({
    random,
    count: FAULTS,
    pauseMs: [200, 1_500],
    faults: [
      { name: 'a node killed', weight: 1, strike: killOne },
      { name: 'links cut', weight: 1, strike: async () => line(random() < 0.5 ? 0 : 1).cut() },
    ],
  });
  await talk.finish();
  const settledMs = await settle(scene);
  expect(await verify(scene)).toEqual([]);
  expect(await verifyActions(nodes.databaseUrl, conversationId, [...runners])).toEqual([]);
  expect(await verifyStates(scene.participants, conversationId)).toEqual([]);
  const commands = scene.history.commands();
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  expect(scene.participants.filter(({ resets }) => resets > 0)).toEqual([]);
  const actions = [...runners.values()].flatMap((runner) => runner.actions);
  // Others may delete a message first: that is a normal refusal.
  const others = actions.filter(({ code, outcome }) => outcome !== 'ok' && code !== 'conflict');
  expect(others).toEqual([]);
  const { missing } = await control.finish();
  expect(missing, 'control: clients that do not resume must miss something').not.toEqual([]);
  const done = countBy(actions.map(({ name }) => name));
  report('F2', { struck, sent: commands.length, done, settledMs, longestWaitMs: waits.longest() });
  expect(waits.longest()).toBeLessThan(WAIT_MS);
});

/** Measures how far the slowest client is behind the fastest: from the first that has an event until the last. */
function watchWaits({ stream, participants }: Scene): { longest(): number } {
  const firstSeen = new Map<number, number>();
  let longest = 0;
  for (const { client } of participants) {
    client.on('event', ({ meta }) => {
      if (meta.stream !== stream) return;
      const now = performance.now();
      const first = firstSeen.get(meta.seq);
      if (first === undefined) firstSeen.set(meta.seq, now);
      else longest = Math.max(longest, now - first);
    });
  }
  return { longest: () => longest };
}
