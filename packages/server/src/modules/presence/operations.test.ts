import type { Presence } from '@atrium/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../test/app.ts';
import { GRACE_MS, INTERVAL_MS } from './machine.ts';
import { HandTime } from './test/hand-time.ts';

const time = new HandTime(Date.now());
let app: TestApp;
let url: string;
let ann: Person;
let bob: Person;
let stranger: Person;
const sockets: Socket[] = [];

beforeAll(async () => {
  app = await testApp({ presenceTime: time });
  url = await app.listen();
  [ann, bob, stranger] = [await app.person('ann'), await app.person('bob'), await app.person('stranger')];
  const { id } = await ann.call('workspaces.create', { name: 'Works' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId: id });
  await bob.call('workspaces.join', { code });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  // Nobody is within their grace period when the next test begins.
  await soon(async () => {
    for (const person of [ann, bob, stranger]) expect(await devicesOf(person, person)).toBe(0);
  });
  await time.pass(GRACE_MS + INTERVAL_MS);
});
afterAll(() => app.close());

/** Connects a person; resolves when they follow all their streams. Records the presence events that they get. */
async function connect(person: Person): Promise<{ socket: Socket; heard: Presence[] }> {
  const socket = io(url, { transports: ['websocket'], auth: { token: person.accessToken }, forceNew: true });
  sockets.push(socket);
  const heard: Presence[] = [];
  socket.on('presence:changed', (presence: Presence) => {
    if (presence.userId !== person.userId) heard.push(presence);
  });
  await new Promise((resolve, reject) => {
    socket.once('hello', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, heard };
}

const statusOf = async (asker: Person, person: Person) =>
  (await asker.call('presence.get', { userId: person.userId })).status;
const devicesOf = async (asker: Person, person: Person) =>
  (await asker.call('presence.get', { userId: person.userId })).devices;
/** Timeout for work without waiting. */
const soon = (check: () => void | Promise<void>) => vi.waitFor(check, { interval: 10 });
/** Timeout for events that are delayed on purpose. */
const later = (check: () => void | Promise<void>) =>
  soon(async () => {
    await time.pass(INTERVAL_MS / 4);
    await check();
  });

describe('reading presence', () => {
  test('only people who share a workspace see it, others look like unknown users', async () => {
    await expect(stranger.call('presence.get', { userId: ann.userId })).rejects.toMatchObject({ code: 'not_found' });
    const { items } = await ann.call('presence.list', {
      userIds: [bob.userId, stranger.userId, ann.userId, bob.userId],
    });
    expect(items.map((item) => item.userId)).toEqual([bob.userId, ann.userId]);
  });

  test('a person who has never connected', async () => {
    const presence = await stranger.call('presence.get', { userId: stranger.userId });
    expect(presence).toEqual({ userId: stranger.userId, status: 'offline', lastSeen: null, devices: 0 });
  });
});

describe("the admin's view", () => {
  test('lists everyone by group, page by page', async () => {
    await connect(ann);
    await soon(async () => expect(await statusOf(ann, ann)).toBe('online'));
    await app.database.pool.query(
      `insert into presence (account_id, last_seen) values ($1, now() - interval '14 minutes'), ($2, now() - interval '1 day')
       on conflict (account_id) do update set last_seen = excluded.last_seen`,
      [bob.userId, stranger.userId],
    );
    const first = await ann.call('presence.overview', { limit: 2 });
    const rest = await ann.call('presence.overview', { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ name, group }) => [name, group])).toEqual([
      ['ann', 'online'],
      ['bob', 'recent'],
      ['stranger', 'offline'],
    ]);
    expect(rest).toMatchObject({ nextCursor: null, online: 1, recent: 1, offline: 1 });
    await expect(bob.call('presence.overview', {})).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('connecting and disconnecting', () => {
  test('is announced for the first and the last device, and not to strangers', async () => {
    const listener = await connect(ann);
    const outsider = await connect(stranger);
    const phone = await connect(bob);
    await soon(() => expect(listener.heard.map((presence) => presence.status)).toEqual(['online']));
    const devices = () => devicesOf(ann, bob);
    const window = await connect(bob);
    expect(await devices(), 'two windows of one sign-in').toBe(1);
    const { secret } = await bob.call('tokens.create', { name: 'Laptop', scopes: ['read'] });
    const laptop = await connect({ ...bob, accessToken: secret });
    expect(await ann.call('presence.get', { userId: bob.userId })).toMatchObject({ status: 'online', devices: 2 });
    phone.socket.disconnect();
    await soon(() => expect(window.socket.connected && laptop.socket.connected).toBe(true));
    expect(await devices(), 'the other window is still open').toBe(2);
    window.socket.disconnect();
    await soon(async () => expect(await devices()).toBe(1));
    laptop.socket.disconnect();
    await soon(async () => expect(await devices()).toBe(0));
    await time.pass(GRACE_MS - 1);
    expect(await statusOf(ann, bob)).toBe('online');
    await time.pass(1);
    await soon(() => expect(listener.heard.map((presence) => presence.status)).toEqual(['online', 'offline']));
    expect(listener.heard.at(-1)).toMatchObject({ userId: bob.userId, devices: 0 });
    expect(await statusOf(ann, bob)).toBe('offline');
    expect(outsider.heard).toEqual([]);
    await soon(async () => {
      const { rows } = await app.database.pool.query('select last_seen from presence where account_id = $1', [
        bob.userId,
      ]);
      expect(rows[0]?.last_seen.toISOString()).toBe(listener.heard.at(-1)?.lastSeen);
    });
  });

  test('is not announced for a reconnect', async () => {
    const listener = await connect(ann);
    const { socket } = await connect(bob);
    await soon(() => expect(listener.heard).toHaveLength(1));
    for (let round = 0; round < 5; round += 1) {
      const again = new Promise((resolve) => socket.once('hello', resolve));
      socket.disconnect();
      await soon(async () => expect(await devicesOf(ann, bob)).toBe(0));
      await time.pass(GRACE_MS - 1);
      socket.connect();
      await again;
    }
    await time.pass(GRACE_MS + INTERVAL_MS);
    expect(await statusOf(ann, bob)).toBe('online');
    // What comes later shows that nothing came before.
    await bob.call('presence.set', { status: 'away' });
    await soon(() => expect(listener.heard.at(-1)?.status).toBe('away'));
    expect(listener.heard.map(({ status }) => status)).toEqual(['online', 'away']);
    await bob.call('presence.set', { status: 'online' });
  });
});

describe('choosing a status', () => {
  test('applies to all devices and is kept for the next connection', async () => {
    const listener = await connect(ann);
    const { socket } = await connect(bob);
    const answer = await socket.emitWithAck('presence:set', { status: 'dnd' });
    expect(answer).toMatchObject({ ok: true, data: { userId: bob.userId, status: 'dnd', devices: 1 } });
    await later(() => expect(listener.heard.at(-1)?.status).toBe('dnd'));
    socket.disconnect();
    await later(() => expect(listener.heard.at(-1)?.status).toBe('offline'));
    await connect(bob);
    await later(() => expect(listener.heard.at(-1)?.status).toBe('dnd'));
    await bob.call('presence.set', { status: 'online' });
    await later(() => expect(listener.heard.at(-1)?.status).toBe('online'));
  });

  test('do not disturb ends automatically at the chosen time', async () => {
    const listener = await connect(ann);
    await connect(bob);
    const until = new Date(time.nowMs + 60_000).toISOString();
    expect(await bob.call('presence.set', { status: 'dnd', until })).toMatchObject({ status: 'dnd', until });
    await later(() => expect(listener.heard.at(-1)).toMatchObject({ status: 'dnd', until }));
    await time.pass(Date.parse(until) - 1 - time.nowMs);
    expect(await statusOf(ann, bob)).toBe('dnd');
    await time.pass(1);
    await soon(() => expect(listener.heard.at(-1)?.status).toBe('online'));
    expect(listener.heard.at(-1)?.until).toBeUndefined();
    expect(await statusOf(ann, bob)).toBe('online');
  });

  test('requires an end in the future and not too far, and none for being online', async () => {
    const in40Days = new Date(Date.now() + 40 * 86_400_000).toISOString();
    for (const input of [
      { status: 'dnd', until: new Date(Date.now() - 1_000).toISOString() },
      { status: 'dnd', until: in40Days },
      { status: 'online', until: new Date(Date.now() + 1_000).toISOString() },
    ] as const) {
      await expect(bob.call('presence.set', input)).rejects.toMatchObject({ code: 'invalid_input' });
    }
  });

  test('does not allow looking offline', async () => {
    const choice = bob.call('presence.set', { status: 'offline' as 'away' });
    await expect(choice).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('guests and customers', () => {
  test('a customer gets the presence of those who answer them, and never of another customer', async () => {
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Shop' });
    const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId, role: 'customer' });
    const customers = [stranger, await app.person('carl')];
    for (const customer of customers) {
      await customer.call('workspaces.join', { code });
      await customer.call('conversations.create', { workspaceId, kind: 'support' });
    }
    expect(await statusOf(bob, ann)).toBe('offline');
    const [first, second] = [await connect(customers[0]!), await connect(customers[1]!)];
    const staff = await connect(ann);
    const idsOf = ({ heard }: typeof staff) => new Set(heard.map(({ userId }) => userId));
    await soon(() => expect(idsOf(first)).toEqual(new Set([ann.userId])));
    await soon(() => expect(idsOf(second)).toEqual(new Set([ann.userId])));
    second.socket.disconnect();
    await later(() => expect(staff.heard.at(-1)).toMatchObject({ userId: customers[1]!.userId, status: 'offline' }));
    expect(idsOf(first)).toEqual(new Set([ann.userId]));
  });
});
