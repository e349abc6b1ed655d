import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs, shortOrLong } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import type { Cleanup } from '../faults/harness/work-directory.ts';
import { recordSocket } from '../socket.ts';
import { startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const MESSAGES = shortOrLong(8, 20);
/** Between two messages, so that one does not speed up the other. */
const PAUSE_MS = 100;

interface Delays {
  median: number;
  worst: number;
}

/** Ann sends on node 0, Bob only listens, on node 1. @returns a function that measures the delay of a message to him */
async function stage(
  redisUrl: string | undefined,
  cleanup: Cleanup,
): Promise<{ measure(): Promise<Delays>; isBack(): boolean }> {
  const nodes = await startNodes({ count: 2, redisUrl }, cleanup);
  const { members, conversationId } = await createTeam(nodes.at(0).url, 'ann', 'bob');
  const ann = await recordSocket(nodes.at(0).url, members[0]?.token);
  const bob = await recordSocket(nodes.at(1).url, members[1]?.token);
  cleanup(() => {
    ann.close();
    bob.close();
  });
  async function delay(): Promise<number> {
    const clientMessageId = randomUUID();
    const start = performance.now();
    const heard = bob
      .until((all) => all.some(({ data }) => data.clientMessageId === clientMessageId))
      .then(() => performance.now() - start);
    const answer = await ann.call('messages.send', { conversationId, clientMessageId, content: 'hello over there' });
    if (!answer.ok) throw new Error(`not sent: ${answer.error.code}`);
    return heard;
  }
  return {
    isBack: () =>
      [0, 1].every((node) => nodes.at(node).log.filter((line) => line.includes('connected to Redis')).length === 2),
    async measure() {
      const delays: number[] = [];
      for (let at = 0; at < MESSAGES; at++) {
        delays.push(await delay());
        await sleep(PAUSE_MS);
      }
      delays.sort((a, b) => a - b);
      return { median: delays[MESSAGES / 2] ?? 0, worst: delays.at(-1) ?? 0 };
    },
  };
}

// They wait more than they work, each on its own nodes.
test.concurrent('a message reaches another node immediately over Redis, within 1.5 s without, and immediately again when it is back', async ({
  expect,
  onTestFinished,
}) => {
  const redis = await startRedis(onTestFinished);
  const { isBack, measure } = await stage(redis.url, onTestFinished);
  const withRedis = await measure();
  await redis.kill();
  const whileDown = await measure();
  await redis.start();
  await until(isBack, 30_000, 'Redis is back');
  const backAgain = await measure();
  report('latency', { withRedis, whileDown, backAgain });
  // Heads are polled at most once a second: a faster delivery was by a hint.
  for (const { median } of [withRedis, backAgain]) expect(median).toBeLessThan(allowedMs(100));
  expect(whileDown.worst).toBeLessThan(allowedMs(1_500));
});

test.concurrent('nodes that share only the database deliver within 1.5 s', async ({ expect, onTestFinished }) => {
  const { measure } = await stage(undefined, onTestFinished);
  const alone = await measure();
  report('latency', { alone });
  expect(alone.worst).toBeLessThan(allowedMs(1_500));
  expect(alone.median, 'or something else than the database tells').toBeGreaterThan(100);
});
