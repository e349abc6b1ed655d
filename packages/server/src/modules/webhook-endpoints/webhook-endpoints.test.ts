import { randomUUID } from 'node:crypto';
import { type ExternalEventType, sizes } from '@atrium/protocol';
import { Webhook } from 'standardwebhooks';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';
import { allowedMs } from '../../../test/faults/harness/run-length.ts';
import { until } from '../../../test/faults/harness/until.ts';
import { type ReceivedWebhook, type Receiver, startReceiver } from './test/receiver.ts';

const SOON_MS = allowedMs(20_000);

let app: TestApp;
let ann: Person;
let bob: Person;
let workspaceId: string;
let general: string;
let receiver: Receiver;

beforeAll(async () => {
  app = await testApp();
  [ann, bob] = await Promise.all([app.person('Ann'), app.person('Bob')]);
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await bob.call('workspaces.join', { code });
  await ann.call('members.update', { workspaceId, userId: bob.userId, role: 'admin' });
  general = (await ann.call('conversations.list', { workspaceId })).items[0]?.id ?? '';
});
afterAll(() => app?.close());
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(async () => {
  for (const { id: endpointId } of (await ann.call('webhookEndpoints.list', { workspaceId })).items) {
    await ann.call('webhookEndpoints.delete', { workspaceId, endpointId });
  }
  await receiver.close();
});

const make = (
  eventTypes: ExternalEventType[] = ['message:receive'],
  conversationIds: string[] = [],
  url = receiver.url,
) => ann.call('webhookEndpoints.create', { workspaceId, url, eventTypes, conversationIds });
const say = (content: string, conversationId = general) =>
  ann.call('messages.send', { conversationId, content, clientMessageId: randomUUID() });
const get = async (endpointId: string) =>
  (await ann.call('webhookEndpoints.list', { workspaceId })).items.find(({ id }) => id === endpointId);
const log = async (endpointId: string) =>
  (await ann.call('webhookEndpoints.deliveries', { workspaceId, endpointId })).items;
const sql = (text: string, values: unknown[] = []) => app.database.pool.query(text, values);
const tryNow = (endpointId: string) => sql('update webhook_endpoint set next_at = now() where id = $1', [endpointId]);
const contents = () => receiver.received.map(({ body }) => body.data.content);
const takes = (count: number) =>
  until(
    () => receiver.received.length >= count,
    SOON_MS,
    () => `${receiver.received.length} of ${count} requests`,
  );
const caughtUp = (endpointId: string) =>
  until(async () => (await get(endpointId))?.lag.events === 0, SOON_MS, 'everything is sent');

describe('AP-3 sending events to an endpoint', () => {
  it('signs the exact bytes, verified by the Standard Webhooks library', async () => {
    const { id, secret } = await make();
    expect(secret).toMatch(/^whsec_[\w+/]{43}=$/);
    await say('Größe \u2028 📎 1.0 {"a":{"b":1.0}}');
    await takes(1);
    const [{ headers, raw, body }] = receiver.received as [ReceivedWebhook];
    expect(new Webhook(secret).verify(raw, headers)).toEqual(body);
    expect(() => new Webhook(secret).verify(raw.replace('1.0', '1'), headers)).toThrow();
    const { events, last } = { events: await app.events(`conversation:${general}`), last: body.meta.seq };
    expect(body).toMatchObject({
      type: 'message:receive',
      timestamp: events.find(({ seq }) => seq === last)?.at.toISOString(),
      data: { content: 'Größe \u2028 📎 1.0 {"a":{"b":1.0}}', senderId: ann.userId },
      meta: { stream: `conversation:${general}`, actorId: ann.userId, workspaceId },
    });
    await caughtUp(id);
    expect(await log(id)).toMatchObject([
      { id: headers['webhook-id'], type: 'message:receive', state: 'delivered', attempts: 1, status: 204 },
    ]);
  });

  it('sends only the selected types, from its creation on', async () => {
    await say('before');
    const { id } = await make(['label:created']);
    await say('after');
    await ann.call('labels.create', { workspaceId, name: 'Urgent' });
    await takes(1);
    await caughtUp(id);
    expect(receiver.received.map(({ body }) => body.type)).toEqual(['label:created']);
  });

  it('retries with the same id and bytes, before any later event', async () => {
    receiver.behave = (index) => ({ status: index === 0 ? 500 : 200, body: 'x'.repeat(9_000) });
    const { id } = await make();
    for (const content of ['one', 'two', 'three']) await say(content);
    await takes(1);
    await until(async () => (await get(id))?.failingSince !== null, SOON_MS, 'the failure is written down');
    const failing = await get(id);
    expect(failing).toMatchObject({ enabled: true, lag: { events: 3 } });
    expect(failing?.nextAttemptAt).not.toBeNull();
    expect(failing?.lag.oldestAt).not.toBeNull();
    expect((await log(id)).at(-1)).toMatchObject({
      state: 'waiting',
      attempts: 1,
      status: 500,
      answer: 'x'.repeat(500),
    });
    await tryNow(id);
    await takes(4);
    expect(contents()).toEqual(['one', 'one', 'two', 'three']);
    const [first, second] = receiver.received as [ReceivedWebhook, ReceivedWebhook];
    expect(second.raw).toBe(first.raw);
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    await caughtUp(id);
    expect(await get(id)).toMatchObject({ failingSince: null, nextAttemptAt: null });
  });

  it('skips an event that is refused six times, and resends it on request', async () => {
    let poison = true;
    receiver.behave = (_, { body }) => ({ status: poison && body.data.content === 'poison' ? 422 : 200, body: 'no' });
    const { id } = await make();
    await say('poison');
    await say('honey');
    await takes(1);
    await until(async () => (await log(id)).at(-1)?.attempts === 1, SOON_MS, 'it was tried once');
    await sql('update webhook_delivery set attempts = 5 where endpoint_id = $1 and attempts = 1', [id]);
    await tryNow(id);
    await takes(3);
    expect(contents()).toEqual(['poison', 'poison', 'honey']);
    await caughtUp(id);
    const failed = await ann.call('webhookEndpoints.deliveries', { workspaceId, endpointId: id, state: 'failed' });
    expect(failed.items).toMatchObject([{ state: 'failed', attempts: 6, status: 422, answer: 'no' }]);
    poison = false;
    await ann.call('webhookEndpoints.resend', { workspaceId, endpointId: id, deliveryId: failed.items[0]?.id ?? '' });
    await takes(4);
    expect(receiver.received[3]?.headers['webhook-id']).toBe(receiver.received[0]?.headers['webhook-id']);
    await caughtUp(id);
    expect((await log(id))[0]).toMatchObject({ state: 'delivered', attempts: 1 });
  });

  it.each([
    ['answers 410', 'gone', 410],
    ['fails for three days', 'failing', 503],
  ])('disables one that %s, tells the admins, and goes on when it is enabled', async (_, because, status) => {
    receiver.behave = (index) => ({ status: index === 0 ? status : 200 });
    const { id } = await make();
    if (because === 'failing') {
      await sql("update webhook_endpoint set failing_since = now() - interval '73 hours' where id = $1", [id]);
    }
    await say('first');
    await until(async () => (await get(id))?.enabled === false, SOON_MS, 'it is disabled');
    expect(await get(id)).toMatchObject({ disabledBecause: because, lag: { events: 1 } });
    for (const admin of [ann, bob]) {
      const { items } = await admin.call('notifications.list', {});
      expect(items[0]).toMatchObject({ title: 'A webhook endpoint was disabled', workspaceId });
    }
    await say('second');
    await ann.call('webhookEndpoints.update', { workspaceId, endpointId: id, enabled: true });
    await takes(3);
    expect(contents()).toEqual(['first', 'first', 'second']);
    expect(await get(id)).toMatchObject({ enabled: true, disabledBecause: null });
  });

  it('also signs with the old secret for a day after a rotation', async () => {
    const { id, secret } = await make();
    const fresh = await ann.call('webhookEndpoints.rotateSecret', { workspaceId, endpointId: id });
    expect(fresh.oldSecretUntil).not.toBeNull();
    await say('signed twice');
    await takes(1);
    const [both] = receiver.received as [ReceivedWebhook];
    for (const key of [secret, fresh.secret]) new Webhook(key).verify(both.raw, both.headers);
    await sql('update webhook_endpoint set old_secret_until = now() where id = $1', [id]);
    await say('signed once');
    await takes(2);
    const once = receiver.received[1] as ReceivedWebhook;
    new Webhook(fresh.secret).verify(once.raw, once.headers);
    expect(() => new Webhook(secret).verify(once.raw, once.headers)).toThrow();
    const { rows } = await sql('select webhook_endpoint::text as text from webhook_endpoint where id = $1', [id]);
    const hex = Buffer.from(fresh.secret.slice('whsec_'.length), 'base64').toString('hex');
    expect(rows[0].text).not.toContain(hex);
    expect(JSON.stringify(await get(id))).not.toContain('whsec_');
  });

  it('replays the same events with the same ids, from a time or a position', async () => {
    const { id } = await make();
    for (const content of ['a', 'b']) await say(content);
    await takes(2);
    await caughtUp(id);
    const { rows } = await sql('select clock_timestamp() as now');
    for (const content of ['c', 'd']) await say(content);
    await takes(4);
    await caughtUp(id);
    await ann.call('webhookEndpoints.replay', { workspaceId, endpointId: id, since: rows[0].now.toISOString() });
    await takes(6);
    await caughtUp(id);
    const [, , , d] = receiver.received.map(({ body }) => body.meta);
    const after = (d?.seq ?? 0) - 1;
    await ann.call('webhookEndpoints.replay', { workspaceId, endpointId: id, stream: d?.stream, after });
    await takes(7);
    expect(contents()).toEqual(['a', 'b', 'c', 'd', 'c', 'd', 'd']);
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(ids.slice(4)).toEqual([ids[2], ids[3], ids[3]]);
    expect(new Set(ids).size).toBe(4);
    await caughtUp(id);
    expect(await log(id)).toHaveLength(4);
    await expect(
      ann.call('webhookEndpoints.replay', { workspaceId, endpointId: id, stream: `user:${ann.userId}`, after: 0 }),
    ).rejects.toMatchObject({ code: 'not_found' });
    for (const input of [{}, { since: new Date().toISOString(), stream: 'x', after: 1 }, { stream: 'x' }]) {
      await expect(
        ann.call('webhookEndpoints.replay', { workspaceId, endpointId: id, ...input }),
      ).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  it('skips waiting events when replayed from now', async () => {
    receiver.behave = (index) => ({ status: index === 0 ? 503 : 200 });
    const { id } = await make();
    await say('missed');
    await takes(1);
    await until(async () => (await get(id))?.failingSince !== null, SOON_MS, 'the failure is written down');
    const { lag } = await ann.call('webhookEndpoints.replay', {
      workspaceId,
      endpointId: id,
      since: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(lag.events).toBe(0);
    await say('taken');
    await tryNow(id);
    await takes(2);
    expect(contents()).toEqual(['missed', 'taken']);
  });

  it('delays neither chat nor other endpoints when one hangs', async () => {
    receiver.behave = () => 'hang';
    const slow = await make();
    const other = await startReceiver();
    try {
      await make(['message:receive'], [], other.url);
      await say('quick');
      await until(() => other.received.length === 1, SOON_MS, 'the other one has it');
      await until(async () => (await log(slow.id))[0]?.answer != null, SOON_MS, 'the slow one is given up');
      expect((await log(slow.id))[0]).toMatchObject({
        state: 'waiting',
        status: null,
        answer: 'no answer within 3000 ms',
      });
    } finally {
      await other.close();
    }
  });

  it('does not send content that was deleted before it was sent', async () => {
    const { id } = await make(['message:receive', 'message:deleted']);
    await ann.call('webhookEndpoints.update', { workspaceId, endpointId: id, enabled: false });
    const { message } = await say('a secret');
    await ann.call('messages.delete', { messageId: message.id });
    await ann.call('webhookEndpoints.update', { workspaceId, endpointId: id, enabled: true });
    await caughtUp(id);
    expect(receiver.received.map(({ body }) => body.type).at(-1)).toBe('message:deleted');
    expect(JSON.stringify(receiver.received)).not.toContain('a secret');
    const { rows } = await sql('select count(body)::int as bodies from webhook_delivery where endpoint_id = $1', [id]);
    expect(rows[0].bodies).toBe(0);
  });
});

describe('what an endpoint may see', () => {
  async function hidden(others: readonly Person[] = []): Promise<string> {
    const memberIds = others.map(({ userId }) => userId);
    const name = `hidden-${randomUUID()}`;
    const made = { workspaceId, kind: 'channel', visibility: 'private', name, memberIds } as const;
    return (await ann.call('conversations.create', made)).id;
  }

  it('is every public channel, including later ones from their beginning', async () => {
    const { id } = await make();
    const later = await bob.call('conversations.create', {
      workspaceId,
      kind: 'channel',
      visibility: 'public',
      name: `later-${randomUUID()}`,
    });
    await bob.call('messages.send', { conversationId: later.id, content: 'hello', clientMessageId: randomUUID() });
    await sql("update webhook_endpoint set listed_at = '-infinity' where id = $1", [id]);
    await until(() => contents().includes('hello'), SOON_MS, 'the first message of the new channel');
  });

  it('is a private conversation only while the person who added it is a member', async () => {
    const [named, unnamed] = [await hidden([bob]), await hidden([bob])];
    await make(['message:receive'], [named]);
    await say('unnamed', unnamed);
    await say('named', named);
    await takes(1);
    expect(contents()).toEqual(['named']);
    await ann.call('conversations.removeMember', { conversationId: named, userId: ann.userId });
    await bob.call('messages.send', { conversationId: named, content: 'alone', clientMessageId: randomUUID() });
    await say('public');
    await takes(2);
    expect(contents()).toEqual(['named', 'public']);
  });

  it('is a private conversation only until an admin removes it', async () => {
    const named = await hidden();
    const { id } = await make(['message:receive'], [named]);
    await ann.call('webhookEndpoints.update', { workspaceId, endpointId: id, conversationIds: [] });
    await say('taken away', named);
    await say('public');
    await takes(1);
    expect(contents()).toEqual(['public']);
  });

  it('is no conversation that the person is not in, and no direct conversation', async () => {
    const foreign = await hidden();
    const direct = await ann.call('conversations.create', { workspaceId, kind: 'direct', memberIds: [bob.userId] });
    for (const conversationId of [foreign, direct.id, general]) {
      await expect(
        bob.call('webhookEndpoints.create', {
          workspaceId,
          url: receiver.url,
          eventTypes: ['message:receive'],
          conversationIds: [conversationId],
        }),
      ).rejects.toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'conversationIds[0]' }] } });
    }
  });

  it('is not redirected by another admin', async () => {
    const secret = await hidden();
    const { id } = await make(['message:receive'], [secret]);
    const shown = async (who: Person) => (await who.call('webhookEndpoints.list', { workspaceId })).items[0];
    expect((await shown(ann))?.conversationIds).toEqual([secret]);
    expect((await shown(bob))?.conversationIds).toEqual([]);
    await bob.call('webhookEndpoints.update', { workspaceId, endpointId: id, description: 'mine' });
    expect((await shown(ann))?.conversationIds).toEqual([secret]);
    await bob.call('webhookEndpoints.update', { workspaceId, endpointId: id, url: `${receiver.url}/bob` });
    expect((await shown(ann))?.conversationIds).toEqual([]);
    await say('for ann alone', secret);
    await say('for all');
    await takes(1);
    expect(contents()).toEqual(['for all']);
  });
});

it("S42 is not sent to the server's database", async () => {
  const { port } = new URL(app.database.url);
  for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
    await expect(make(['message:receive'], [], `http://${host}:${port}/`)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'url' }] },
    });
  }
});

describe('managing endpoints', () => {
  it('is limited, even for twenty at once, and audited', async () => {
    const made = await Promise.allSettled(
      Array.from({ length: sizes.webhookEndpoints + 3 }, () =>
        ann.call('webhookEndpoints.create', {
          workspaceId,
          url: 'https://hooks.example.org/x',
          eventTypes: ['member:joined'],
          enabled: false,
        }),
      ),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(sizes.webhookEndpoints);
    const { rows } = await sql("select count(*)::int as n from audit_log where kind = 'webhook_endpoint_created'");
    expect(rows[0].n).toBeGreaterThanOrEqual(sizes.webhookEndpoints);
  });

  it('keeps a log of limited size', async () => {
    const { id } = await make();
    for (const content of ['1', '2', '3', '4']) await say(content);
    await takes(4);
    await caughtUp(id);
    const [newest] = await log(id);
    await sql("update webhook_delivery set settled_at = now() - interval '31 days' where id <> $1", [newest?.id]);
    const prune = app.app.modules
      .flatMap(({ jobs = [] }) => jobs)
      .find(({ name }) => name === 'webhook-endpoints.prune');
    const signal = AbortSignal.timeout(SOON_MS);
    await prune?.run({}, { id: randomUUID(), attempt: 1, last: false, signal });
    expect(await log(id)).toEqual([newest]);
  });
});
