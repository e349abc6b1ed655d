import { expect, onTestFinished, test } from 'vitest';
import { randomFrom } from '../faults/harness/random.ts';
import { report } from '../faults/harness/report.ts';
import { setScene } from '../faults/harness/scene.ts';
import { settle, verify } from '../faults/harness/verify.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const SENDS_PER_NODE = 500;
const CLIENTS = 6;

test('F20 two nodes take 500 messages each for one conversation at once: all clients of both see one order', async () => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const scene = await setScene({
    url: nodes.at(0).url,
    urlOf: (at) => nodes.at(at % 2).url,
    databaseUrl: nodes.databaseUrl,
    random: randomFrom(20),
    cleanup: onTestFinished,
    clients: CLIENTS,
  });
  const start = performance.now();
  const each = Math.ceil((2 * SENDS_PER_NODE) / CLIENTS);
  await Promise.all(
    scene.talkers.map((talker) => Promise.all(Array.from({ length: each }, () => talker.say(scene.conversationId)))),
  );
  const sentMs = performance.now() - start;
  const settledMs = await settle(scene);
  expect(await verify(scene)).toEqual([]);
  const commands = scene.history.commands();
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  expect(commands.length).toBeGreaterThanOrEqual(2 * SENDS_PER_NODE);
  report('F20', { sent: commands.length, sentMs, settledMs });
});
