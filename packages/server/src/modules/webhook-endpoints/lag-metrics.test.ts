import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';
import { type Receiver, startReceiver } from './test/receiver.ts';

let app: TestApp;
let ann: Person;
let workspaceId: string;
let receiver: Receiver;
beforeAll(async () => {
  [app, receiver] = await Promise.all([testApp(), startReceiver()]);
  ann = await app.person('Ann');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
});
afterAll(async () => {
  await receiver?.close();
  await app?.close();
});

const metric = async (name: string) =>
  (await app.app.modules
    .flatMap(({ metrics = [] }) => metrics)
    .find((one) => one.name === name)
    ?.read()) ?? [];
const lag = async () =>
  [await metric('atrium_webhook_lag_events'), await metric('atrium_webhook_lag_seconds')] as const;

it('shows how far an endpoint lags behind, until it has caught up', async () => {
  const conversationId = (await ann.call('conversations.list', { workspaceId })).items[0]?.id ?? '';
  const eventTypes = ['message:receive' as const];
  const { id } = await ann.call('webhookEndpoints.create', { workspaceId, url: receiver.url, eventTypes });
  receiver.behave = () => ({ status: 500 });
  for (const content of ['one', 'two', 'three']) {
    await ann.call('messages.send', { conversationId, content, clientMessageId: randomUUID() });
  }
  await vi.waitFor(async () => expect((await lag())[0]).toEqual([{ labels: { endpoint: id }, value: 3 }]));
  const [, [age]] = await lag();
  expect(age).toEqual({ labels: { endpoint: id }, value: expect.any(Number) });
  expect(age?.value).toBeGreaterThan(0);
  expect(age?.value).toBeLessThan(600);

  receiver.behave = () => ({ status: 200 });
  await vi.waitFor(
    async () => {
      await app.database.pool.query('update webhook_endpoint set next_at = now()');
      expect(await lag()).toEqual([[], []]);
    },
    { interval: 500 },
  );
  expect(receiver.received.at(-1)?.body.data.content).toBe('three');
});
