import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { until } from '../faults/harness/until.ts';
import type { Cleanup } from '../faults/harness/work-directory.ts';
import { recordSocket } from '../socket.ts';
import { type Nodes, startNodes } from './nodes.ts';
import { startRedis, type TestRedis } from './redis.ts';

const PASSWORD = 'correct horse battery staple';
const AT_ONCE = 50;

interface Limited {
  redis: TestRedis;
  nodes: Nodes;
}

/** Two nodes that share a Redis, with separate limits. */
async function limited(env: Record<string, string>, cleanup: Cleanup): Promise<Limited> {
  const redis = await startRedis(cleanup);
  return { redis, nodes: await startNodes({ count: 2, redisUrl: redis.url, env }, cleanup) };
}

/** How often each status was returned. */
function countBy(statuses: readonly number[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

async function login(nodes: Nodes, node: number, email: string, password: string): Promise<number> {
  const response = await fetch(`${nodes.at(node).url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  await response.arrayBuffer();
  return response.status;
}

const many = <Result>(count: number, act: (at: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, at) => act(at)));

const said = (nodes: Nodes, text: string) =>
  [0, 1].reduce((count, node) => count + nodes.at(node).log.filter((line) => line.includes(text)).length, 0);

/**
 * Runs a check for nodes that count together. On a machine that delays Redis by 300 ms they count locally, as intended:
 * then it is repeated.
 */
async function together(nodes: Nodes, redis: TestRedis, holds: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const lost = said(nodes, 'Redis is not reachable');
    try {
      return await holds();
    } catch (error) {
      if (attempt === 5 || said(nodes, 'Redis is not reachable') === lost) throw error;
      await until(
        () => said(nodes, 'connected to Redis') > said(nodes, 'Redis is not reachable'),
        10_000,
        'the nodes are connected to Redis again',
      );
      await redis.flush();
    }
  }
}

describe('S28 limits apply across two nodes', () => {
  const ends: Parameters<Cleanup>[0][] = [];
  let nodes: Nodes;
  let redis: TestRedis;

  beforeAll(async () => {
    const env = { LIMIT_LOGIN: '5/900', LIMIT_MESSAGE: '10/60', LIMIT_CONVERSATION: '1000/5', SOCKETS_PER_USER: '20' };
    ({ nodes, redis } = await limited(env, (end) => ends.unshift(end)));
  });
  beforeEach(() => redis.flush());
  afterAll(async () => {
    for (const end of ends) await end();
  });

  test('of 50 parallel sign-ins with a wrong password, exactly five are tried', async () => {
    await together(nodes, redis, async () => {
      for (let round = 0; round < 3; round++) {
        const statuses = await many(AT_ONCE, (at) => login(nodes, at % 2, 'nobody@example.org', 'wrong password'));
        expect(countBy(statuses)).toEqual(round === 0 ? { 401: 5, 429: AT_ONCE - 5 } : { 429: AT_ONCE });
      }
    });
  });

  test('of parallel sign-ins with the right password none is refused, and only failures for the same account are reset', async () => {
    await together(nodes, redis, async () => {
      const email = `ann.${randomUUID()}@example.org`;
      await fetch(`${nodes.at(0).url}/api/v1/auth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: 'Ann', email, password: PASSWORD }),
      });
      expect(countBy(await many(20, (at) => login(nodes, at % 2, email, PASSWORD)))).toEqual({ 200: 20 });
      for (const whom of [email, email, email, 'nobody@example.org']) {
        expect(await login(nodes, 0, whom, 'wrong password')).toBe(401);
      }
      expect(countBy(await many(10, (at) => login(nodes, at % 2, email, PASSWORD)))).toEqual({ 200: 10 });
      expect(countBy(await many(10, (at) => login(nodes, at % 2, email, 'wrong password')))).toEqual({
        401: 5,
        429: 5,
      });
    });
  });

  test('of 50 parallel messages exactly ten are accepted, and Retry-After says when the next is', async () => {
    const { members, conversationId } = await createTeam(nodes.at(0).url, 'ann');
    const send = async (at: number) => {
      const response = await fetch(`${nodes.at(at % 2).url}/api/v1/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${members[0]?.token}` },
        body: JSON.stringify({ conversationId, clientMessageId: randomUUID(), content: `message ${at}` }),
      });
      await response.arrayBuffer();
      return response;
    };
    const responses = await many(AT_ONCE, send);
    expect(countBy(responses.map(({ status }) => status))).toEqual({ 201: 10, 429: AT_ONCE - 10 });
    const refused = responses.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(50);
    expect(refused?.headers.get('ratelimit-remaining')).toBe('0');
  });

  test('S27 a user has 20 sockets over both nodes, over which exactly ten messages are accepted', async ({
    onTestFinished: cleanup,
  }) => {
    const { members, conversationId } = await createTeam(nodes.at(0).url, 'ann');
    const token = members[0]?.token;
    const open = async (node: number) => {
      const tap = await recordSocket(nodes.at(node).url, token);
      cleanup(() => tap.close());
      return tap;
    };
    const taps = await many(20, (at) => open(at % 2));
    const isRefused = async (node: number) => {
      const answer = await recordSocket(nodes.at(node).url, token).catch((error: Error) => error);
      if ('close' in answer) answer.close();
      return answer instanceof Error && answer.message === 'The server closed the connection.';
    };
    // Nodes learn of each other's connections with a short delay.
    for (const node of [0, 1]) await until(() => isRefused(node), 30_000, `node ${node} counts all 20`);
    const answers = await many(AT_ONCE, (at) => {
      const message = { conversationId, clientMessageId: randomUUID(), content: `message ${at}` };
      return taps[at % taps.length]!.call('messages.send', message);
    });
    expect(countBy(answers.map((answer) => (answer.ok ? 200 : answer.error.status)))).toEqual({
      200: 10,
      429: AT_ONCE - 10,
    });
  });
});

test('nodes that share only the database allow twice as much, which shows that these tests can fail', async () => {
  const nodes = await startNodes({ count: 2, redisUrl: undefined, env: { LIMIT_LOGIN: '5/900' } }, onTestFinished);
  const statuses = await many(AT_ONCE, (at) => login(nodes, at % 2, 'nobody@example.org', 'wrong password'));
  expect(countBy(statuses)).toEqual({ 401: 10, 429: AT_ONCE - 10 });
});

describe('S29 without Redis', () => {
  test.each(['killed', 'stopped'])(
    '%s: each node allows its half, auth is never unlimited, nothing fails',
    async (how) => {
      const { nodes, redis } = await limited({ LIMIT_LOGIN: '6/900' }, onTestFinished);
      // Until each knows of the other.
      await sleep(2_500);
      if (how === 'killed') await redis.kill();
      else redis.pause();
      const statuses = await many(AT_ONCE, (at) => login(nodes, at % 2, 'nobody@example.org', 'wrong password'));
      expect(countBy(statuses)).toEqual({ 401: 6, 429: AT_ONCE - 6 });

      if (how === 'killed') await redis.start();
      else redis.resume();
      const isBack = () =>
        [0, 1].every((node) => nodes.at(node).log.filter((line) => line.includes('connected to Redis')).length === 2);
      await until(isBack, 30_000, 'both nodes are connected again');
      // Redis does not know the failures meanwhile: again the whole limit, over both nodes, and not one more.
      expect(
        countBy(await many(AT_ONCE, (at) => login(nodes, at % 2, 'nobody@example.org', 'wrong password'))),
      ).toEqual({
        401: 6,
        429: AT_ONCE - 6,
      });
    },
  );

  test('from the start: the server runs, and logs once what is missing', async () => {
    const nodes = await startNodes(
      { count: 1, redisUrl: 'redis://127.0.0.1:9', env: { LIMIT_LOGIN: '5/900' } },
      onTestFinished,
    );
    const statuses = await many(20, () => login(nodes, 0, 'nobody@example.org', 'wrong password'));
    expect(countBy(statuses)).toEqual({ 401: 5, 429: 15 });
    await sleep(3_000);
    expect(nodes.at(0).log.filter((line) => /redis/i.test(line))).toEqual([expect.stringContaining('ECONNREFUSED')]);
    expect(await nodes.at(0).stop()).toBe(0);
  });
});
