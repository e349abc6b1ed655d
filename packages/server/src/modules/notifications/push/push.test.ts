import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from '../../../../test/faults/harness/until.ts';
import { recordSocket } from '../../../../test/socket.ts';
import {
  startTestPushService,
  type TestDevice,
  type TestPushService,
} from '../../../platform/push/test-push-service.ts';
import { type Office, openOffice } from '../../timers/test/office.ts';
import { notify, type WantedNotification } from '../deciding/notify.ts';
import { collectDeliveryHandlers } from '../ledger/handler.ts';
import { sweepDeliveries } from '../ledger/sweeper.ts';

let service: TestPushService;
let office: Office;
beforeEach(async () => {
  service = await startTestPushService();
  office = await openOffice({ PUSH_PRIVATE_HOSTS: service.host });
});
afterEach(async () => {
  await office.close();
  await service.close();
});

async function subscribe(device: TestDevice, who = office.ben, name = 'Phone') {
  const { publicKey } = await who.call('push.key', {});
  const { endpoint, ...keys } = device.target;
  return who.call('push.subscribe', { endpoint, keys, publicKey, device: name });
}

function tell(want: Partial<WantedNotification> = {}) {
  return office.app.app.transact({ actorId: null }, (work) =>
    notify(work, [
      {
        accountId: office.ben.userId,
        type: 'mention',
        cause: 'comment_mention',
        title: 'Hi',
        body: 'There',
        urgent: true,
        ...want,
      },
    ]),
  );
}

/** Delivers what is due, as another node would. */
async function sweep(): Promise<void> {
  const { app, database } = office.app;
  const handlers = collectDeliveryHandlers(app.modules);
  const clock = { steadyNow: () => new Date() };
  const log = { warn: () => undefined };
  await sweepDeliveries({ clock, database, handlers: () => handlers, log, transact: app.transact });
}

const deliveries = async () =>
  (
    await office.app.database.pool.query(
      "select state, reason, next_at from delivery where channel = 'push' order by id",
    )
  ).rows;
const dueNow = () => office.app.database.pool.query('update delivery set next_at = now()');

it('reaches every device of the person, encrypted for each, once', async () => {
  await subscribe(service.device('one'));
  await subscribe(service.device('two'), office.ben, 'Laptop');
  await tell({ link: '/tasks/1' });
  await sweep();
  await sweep();
  expect(service.received.map(({ path }) => path).sort()).toEqual(['/one', '/two']);
  const [item] = (await office.ben.call('notifications.list', {})).items;
  expect(JSON.parse(service.received[0]!.text)).toEqual({
    id: item?.id,
    type: 'mention',
    cause: 'comment_mention',
    title: 'Hi',
    body: 'There',
    link: '/tasks/1',
    count: 1,
    unread: 1,
  });
  expect(service.received[0]?.headers.topic).toBe(item?.id.replaceAll('-', ''));
  expect((await office.ben.call('push.list', {})).items).toMatchObject([
    { device: 'Phone', error: null, lastSentAt: expect.any(String), isOutdated: false },
    { device: 'Laptop' },
  ]);
  expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
});

it('deletes devices that no longer exist, and keeps those whose service refuses us', async () => {
  await subscribe(service.device('gone'));
  await subscribe(service.device('refusing'));
  service.behave = (_, path) => (path === '/gone' ? { status: 410 } : { status: 403, body: 'BadJwtToken' });
  await tell();
  await sweep();
  expect((await office.ben.call('push.list', {})).items).toMatchObject([{ error: '403 BadJwtToken' }]);
  expect(await deliveries()).toMatchObject([{ state: 'failed', reason: '403 BadJwtToken' }]);
});

it('waits as long as a service says, and then leaves out devices that already have it', async () => {
  await subscribe(service.device('fast'));
  await subscribe(service.device('slow'));
  service.behave = (index, path) =>
    path === '/slow' && index < 2 ? { status: 429, headers: { 'retry-after': '90' } } : { status: 201 };
  await tell();
  await sweep();
  const [row] = await deliveries();
  expect(row).toMatchObject({ state: 'planned', reason: '429' });
  expect(Math.abs(row.next_at.getTime() - Date.now() - 90_000)).toBeLessThan(5_000);
  await dueNow();
  await sweep();
  expect(service.received.map(({ path }) => path).sort()).toEqual(['/fast', '/slow', '/slow']);
  expect(await deliveries()).toMatchObject([{ state: 'sent' }]);
});

it('is not sent once it was read', async () => {
  await subscribe(service.device());
  await tell();
  await office.ben.call('notifications.readAll', {});
  await sweep();
  expect(service.received).toEqual([]);
  expect(await deliveries()).toMatchObject([{ state: 'withdrawn', reason: 'read' }]);
});

it('is not sent about what the person looks at, but about anything else, however many windows are open', async () => {
  const url = await office.app.listen();
  await subscribe(service.device());
  const [conversationId, threadId, taskId] = [randomUUID(), randomUUID(), await office.task()];
  await office.app.database.pool.query('delete from delivery');
  const window = await recordSocket(url, office.ben.accessToken);
  const message = { id: randomUUID(), threadId: null };
  const publishAll = async () => {
    await tell({ taskId });
    await tell({ conversationId, message });
    await tell({ conversationId, message: { ...message, threadId } });
    await sweep();
    // The server sweeps as well, and may be sending some of them.
    const settled = async () => (await deliveries()).every(({ state }) => state !== 'planned' && state !== 'claimed');
    await until(settled, 10_000, 'all of it is sent or withdrawn');
    const states = (await deliveries()).map(({ state }) => state);
    await office.app.database.pool.query('delete from delivery');
    return states;
  };
  expect(await publishAll(), 'connected, and looks at none of it').toEqual(['sent', 'sent', 'sent']);
  await window.call('notifications.view', { ids: [taskId] });
  expect(await publishAll()).toEqual(['withdrawn', 'sent', 'sent']);
  await window.call('notifications.view', { ids: [conversationId] });
  expect(await publishAll(), 'a thread is looked at by itself').toEqual(['sent', 'withdrawn', 'sent']);
  await office.ben.call('notifications.view', { ids: [conversationId, threadId] });
  expect(await publishAll(), 'over REST: all connections of the session').toEqual(['sent', 'withdrawn', 'withdrawn']);
  window.close();
  const { userId } = office.ben;
  await until(async () => (await office.ben.call('presence.get', { userId })).devices === 0, 5_000, 'it is closed');
  expect(await publishAll()).toEqual(['sent', 'sent', 'sent']);
});

it('belongs to the last person who subscribed on a device, and to the key it was created with', async () => {
  const device = service.device('shared');
  await subscribe(device, office.ann);
  await subscribe(device, office.ben);
  expect((await office.ann.call('push.list', {})).items).toEqual([]);
  const { publicKey } = await office.ben.call('push.key', {});
  const admin = [office.ann, office.ben, office.gus, office.kim].find(({ me }) => me.role === 'admin');
  await admin?.call('push.rotateKey', {});
  expect((await office.ben.call('push.key', {})).publicKey).not.toBe(publicKey);
  expect((await office.ben.call('push.list', {})).items).toMatchObject([{ isOutdated: true }]);
  await tell();
  await sweep();
  expect(service.received[0]?.headers.authorization).toContain(publicKey);
});

it('refuses endpoints in private networks, invalid keys, and those of other servers', async () => {
  const { endpoint, ...keys } = service.device().target;
  const { publicKey } = await office.ben.call('push.key', {});
  const good = { endpoint, keys, publicKey, device: 'Phone' };
  const refused = (over: object) =>
    expect(office.ben.call('push.subscribe', { ...good, ...over })).rejects.toMatchObject({ code: 'invalid_input' });
  await refused({ endpoint: 'https://192.168.0.1/push' });
  await refused({ endpoint: 'http://push.example.org/push' });
  await refused({ keys: { ...keys, p256dh: 'B'.repeat(87) } });
  await refused({ publicKey: keys.p256dh });
  const { id: subscriptionId } = await office.ben.call('push.subscribe', good);
  await office.ann.call('push.unsubscribe', { subscriptionId });
  expect((await office.ben.call('push.list', {})).items).toHaveLength(1);
  await office.ben.call('push.unsubscribe', { subscriptionId });
  expect((await office.ben.call('push.list', {})).items).toEqual([]);
});
