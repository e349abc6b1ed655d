import { randomUUID } from 'node:crypto';
import { expect, onTestFinished, test } from 'vitest';
import { until } from '../faults/harness/until.ts';
import { recordSocket } from '../socket.ts';
import { type Nodes, startNodes } from './nodes.ts';
import { startRedis } from './redis.ts';

const PASSWORD = 'correct horse battery staple';

async function post(nodes: Nodes, node: number, path: string, body: object, token?: string) {
  const response = await fetch(`${nodes.at(node).url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return { status: response.status, data: (text === '' ? {} : JSON.parse(text)) as Record<string, string> };
}

test('a session of one node is valid on the other; signing out everywhere closes sockets there within 2 s', async () => {
  const redis = await startRedis(onTestFinished);
  const nodes = await startNodes({ count: 2, redisUrl: redis.url }, onTestFinished);
  const email = `ann.${randomUUID()}@example.org`;
  expect((await post(nodes, 0, '/auth/register', { name: 'Ann', email, password: PASSWORD })).status).toBeLessThan(300);
  const { data } = await post(nodes, 0, '/auth/login', { email, password: PASSWORD });
  const socket = await recordSocket(nodes.at(1).url, data.accessToken);
  onTestFinished(() => socket.close());
  const renewed = await post(nodes, 1, '/auth/refresh', { refreshToken: data.refreshToken });
  expect(renewed.status).toBe(200);
  expect((await post(nodes, 0, '/auth/logout-all', {}, renewed.data.accessToken)).status).toBeLessThan(300);
  await until(() => !socket.connected, 2_000, 'the socket on the other node is closed');
  expect((await post(nodes, 1, '/auth/refresh', { refreshToken: renewed.data.refreshToken })).status).toBe(401);
});
