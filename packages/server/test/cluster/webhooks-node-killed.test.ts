import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createTeam } from '../faults/harness/people.ts';
import { report } from '../faults/harness/report.ts';
import { allowedMs } from '../faults/harness/run-length.ts';
import { until } from '../faults/harness/until.ts';
import { startNodes } from './nodes.ts';

const MESSAGES = 150;
const WITHIN_MS = allowedMs(60_000);

/** A receiver that takes a moment for each event, and records what arrived with which id. */
async function startSlowReceiver() {
  const received: { id: string; content: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { data } = JSON.parse(Buffer.concat(parts).toString()) as { data: { content: string } };
      received.push({ id: String(request.headers['webhook-id']), content: data.content });
      setTimeout(() => response.writeHead(204).end(), 20);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, received };
}

test('F26 when the node that sends webhooks is killed, another continues, each event arrives, in order, with one id', async () => {
  const { url, received } = await startSlowReceiver();
  const nodes = await startNodes({ count: 2, redisUrl: undefined }, onTestFinished);
  const { members, workspaceId, conversationId } = await createTeam(nodes.at(0).url, 'ann');
  const api = members[0]!.client.api;
  const { id: endpointId } = await api.webhookEndpoints.create({
    workspaceId,
    url,
    eventTypes: ['message:receive'],
    enabled: false,
  });
  const contents = Array.from({ length: MESSAGES }, (_, at) => `message ${at}`);
  for (const content of contents) {
    await api.messages.send({ conversationId, content, clientMessageId: randomUUID() });
  }
  // Stopped, so that the first node is the one that sends.
  nodes.at(1).child.kill('SIGSTOP');
  await api.webhookEndpoints.update({ workspaceId, endpointId, enabled: true });
  await until(() => received.length >= 20, WITHIN_MS, 'the first events arrive');
  await nodes.at(0).kill();
  expect(received.length, 'the node was killed in the middle').toBeLessThan(MESSAGES);
  nodes.at(1).child.kill('SIGCONT');
  const began = performance.now();
  await until(
    () => received.at(-1)?.content === contents.at(-1),
    WITHIN_MS,
    () => `${received.length} arrived`,
  );

  const ids = new Map<string, string>();
  for (const { id, content } of received) {
    expect(ids.get(id) ?? content, 'one id is one event').toBe(content);
    ids.set(id, content);
  }
  expect([...ids.values()], 'each event, in order').toEqual(contents);
  // Only requests in flight when the node died may be repeated.
  const repeated = received.length - ids.size;
  expect(repeated).toBeLessThanOrEqual(1);
  report('F26', { events: MESSAGES, repeated, tookMs: Math.round(performance.now() - began) });
});
