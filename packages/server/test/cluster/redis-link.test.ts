import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { openRedisLink, type RedisLink } from '../../src/platform/cluster/redis-link.ts';
import { startProxy } from '../faults/harness/proxy.ts';
import { until } from '../faults/harness/until.ts';
import { startRedis } from './redis.ts';

interface Opened {
  link: RedisLink;
  messages: string[];
  changes: boolean[];
  lines: string[];
}

function open(url: string): Opened {
  const messages: string[] = [];
  const changes: boolean[] = [];
  const lines: string[] = [];
  const write = (...line: unknown[]) => void lines.push(JSON.stringify(line));
  const link = openRedisLink({
    url,
    prefix: 'test:',
    node: 'n1',
    log: { info: write, warn: write } as never,
    onMessage: (message) => messages.push(message),
    onChange: (up) => changes.push(up),
  });
  onTestFinished(() => link.close());
  return { link, messages, changes, lines };
}

test('a connection that swallows everything is detected within 2 s and closed; it works again when it is healed', async () => {
  const redis = await startRedis(onTestFinished);
  const proxy = await startProxy(Number(new URL(redis.url).port), onTestFinished);
  const { changes, lines, link, messages } = open(proxy.url.replace('http', 'redis'));
  await link.settled();
  link.publish('one');
  await until(() => messages.length === 1, 30_000, 'the message is back');
  proxy.blackHole();
  link.publish('lost');
  await until(() => !link.isUp, 30_000, 'it is noticed');
  // Nothing waits for a link that is down.
  link.publish('lost as well');
  proxy.heal();
  await until(() => link.isUp, 10_000, 'it is up again');
  link.publish('two');
  await until(() => messages.includes('two'), 30_000, 'the message is back');
  expect(changes).toEqual([true, false, true]);
  expect(lines).toHaveLength(3);
});

test('pending commands are rejected when Redis hangs', async () => {
  const redis = await startRedis(onTestFinished);
  const { link } = open(redis.url);
  await link.settled();
  redis.pause();
  const start = performance.now();
  await expect(link.answer(link.client.get('key'))).rejects.toThrow();
  expect(performance.now() - start).toBeLessThan(1_000);
  redis.resume();
  await until(() => link.isUp, 30_000, 'it is up again');
});

test('a stall of the process is not attributed to Redis', async () => {
  const redis = await startRedis(onTestFinished);
  const { changes, link } = open(redis.url);
  await link.settled();
  const answer = link.answer(link.client.get('key'));
  const end = performance.now() + 1_500;
  while (performance.now() < end);
  expect(await answer).toBeNull();
  await sleep(700);
  expect(changes).toEqual([true]);
});

test('a wrong password, or missing permissions, are logged in few lines without secrets', async () => {
  const redis = await startRedis(onTestFinished);
  const admin = new Redis(redis.url);
  onTestFinished(() => admin.disconnect());
  await admin.acl('SETUSER', 'mute', 'on', '>open-sesame', 'allchannels', '~*', '+@all', '-publish');
  const port = new URL(redis.url).port;
  const wrong = open(`redis://mute:not-the-password@127.0.0.1:${port}`);
  const mute = open(`redis://mute:open-sesame@127.0.0.1:${port}`);
  await Promise.all([wrong.link.settled(), sleep(4_000)]);
  expect(wrong.link.isUp).toBe(false);
  expect(wrong.lines).toEqual([expect.stringContaining('WRONGPASS')]);
  for (const { lines } of [wrong, mute]) {
    expect(lines.length).toBeLessThanOrEqual(21);
    expect(lines.join()).not.toMatch(/not-the-password|open-sesame/);
  }
  await admin.acl('SETUSER', 'mute', '+publish');
  await until(() => mute.link.isUp, 30_000, 'the link is up');
  mute.link.publish('now');
  await until(() => mute.messages.includes('now'), 30_000, 'what is published arrives');
});

test('a refused command rejects with the reason, and the connection stays', async () => {
  const redis = await startRedis(onTestFinished);
  const { changes, lines, link } = open(redis.url);
  await link.settled();
  await expect(link.answer(link.client.call('NONSENSE'))).rejects.toThrow('unknown command');
  expect(lines.at(-1)).toContain('unknown command');
  expect(changes).toEqual([true]);
});
