import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { seededRandom } from '../faults/harness/random.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs, shortOrLong } from '../faults/harness/run-length.ts';
import { type Scene, setUpScene, startTraffic } from '../faults/harness/scene.ts';
import { errorsIn } from '../faults/harness/server.ts';
import { settle, verify } from '../faults/harness/verify.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const SENDS = shortOrLong(30, 300);
/** How long each of the other states lasts. */
const STATE_MS = shortOrLong(1_500, 3_000);
const STOPPED_MS = shortOrLong(3_000, 30_000);
const WITHIN_MS = allowedMs(1_500);

test('F13 when Redis is killed, restarted, stopped and emptied during chat, everything is acked and delivered within 1.5 s', {
  timeout: shortOrLong(90_000, 400_000),
}, async () => {
  const random = seededRandom('F13');
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const scene = await setUpScene({
    url: nodes.at(0).url,
    urlOf: (at) => nodes.at(at % 2).url,
    databaseUrl: nodes.databaseUrl,
    random,
    cleanup: onTestFinished,
    clients: 6,
  });
  const delays = watchDelays(scene);
  const talk = startTraffic(scene, random, SENDS);
  const worst: Record<string, number> = {};
  const during = async (what: string, ms: number) => {
    delays.begin();
    await sleep(ms);
    worst[what] = delays.worst();
  };
  await during('with Redis', STATE_MS);
  await redis.kill();
  await during('killed', STATE_MS);
  await redis.start();
  await during('restarted', STATE_MS);
  redis.pause();
  await during('stopped', STOPPED_MS);
  redis.resume();
  await during('resumed', STATE_MS);
  await redis.flush();
  await during('emptied', STATE_MS);
  await talk.finish();
  const settledMs = await settle(scene);
  expect(await verify(scene)).toEqual([]);
  const commands = scene.history.commands();
  expect(commands.filter(({ outcome }) => outcome.kind !== 'ok')).toEqual([]);
  report('F13', { sent: commands.length, settledMs, worst });
  expect(Math.max(...Object.values(worst))).toBeLessThan(WITHIN_MS);
  for (const node of [0, 1]) {
    const { log } = nodes.at(node);
    expect(errorsIn(log)).toEqual([]);
    // One line when it goes down and one when it is back, not one a second.
    expect(log.filter((line) => /redis/i.test(line)).length).toBeLessThan(12);
    expect(await nodes.at(node).stop()).toBe(0);
  }
});

/** Measures how long each message takes from sending until a client has it, and until it is acked. */
function watchDelays(scene: Scene): { begin(): void; worst(): number } {
  const sentAt = new Map<string, number>();
  let worst = 0;
  const note = (op: string) => {
    const start = sentAt.get(op);
    if (start !== undefined) worst = Math.max(worst, performance.now() - start);
  };
  for (const participant of scene.participants) {
    participant.client.on('event', ({ type, data }) => {
      if (type === 'message:receive') note(data.content);
    });
    const { send } = participant.client;
    participant.client.send = async (to, content, ...rest) => {
      sentAt.set(String(content), performance.now());
      const message = await send.call(participant.client, to, content, ...rest);
      note(String(content));
      return message;
    };
  }
  return {
    begin() {
      worst = 0;
    },
    worst: () => worst,
  };
}
