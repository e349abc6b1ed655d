import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventMeta } from '@atrium/protocol';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from './app.ts';

let app: TestApp;
let url: string;
let ann: Person;
let bob: Person;
let conversationId: string;
const opened: Socket[] = [];

beforeAll(async () => {
  app = await testApp({ env: { ALLOWED_ORIGINS: 'https://good.example' } });
  url = (await app.listen()).replace(/\/$/, '');
  [ann, bob] = [await app.person('Ann'), await app.person('Bob')];
  const workspace = await ann.call('workspaces.create', { name: 'Team' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId: workspace.id });
  await bob.call('workspaces.join', { code });
  const channel = await ann.call('conversations.create', {
    workspaceId: workspace.id,
    kind: 'channel',
    name: 'Plans',
    memberIds: [bob.userId],
  });
  conversationId = channel.id;
});
afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});
afterAll(() => app.close());

type Options = Partial<ManagerOptions & SocketOptions>;

/** Connects and collects the numbers of the messages it receives. */
async function connect(options: Options): Promise<{ socket: Socket; seqs: number[]; hello: Record<string, unknown> }> {
  const socket = io(url, { forceNew: true, reconnection: false, transports: ['websocket'], ...options });
  opened.push(socket);
  const seqs: number[] = [];
  socket.on('message:receive', (_data: unknown, meta: EventMeta) => seqs.push(meta.seq));
  const hello = await new Promise<Record<string, unknown>>((resolve, reject) => {
    socket.once('hello', resolve);
    socket.once('connect_error', reject);
  });
  return { socket, seqs, hello };
}

const refusalOf = (options: Options) =>
  connect(options).then(
    () => 'connected',
    (error: Error & { data?: { code: string } }) => error.data?.code ?? error.message,
  );

const say = (sender: Person, content = 'Hello') =>
  sender.call('messages.send', { conversationId, content, clientMessageId: randomUUID() });

async function cookieOf(person: Person): Promise<string> {
  const response = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: person.email, password: PASSWORD, transport: 'cookie' }),
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

describe('connecting', () => {
  it.each(['websocket', 'polling'])(
    'by %s: a token with or without Bearer, the header, and the cookie of an allowed page',
    async (transport) => {
      const transports = [transport];
      const cookie = await cookieOf(ann);
      const good: Options[] = [
        { auth: { token: ann.accessToken } },
        { auth: { token: `Bearer ${ann.accessToken}` } },
        { extraHeaders: { authorization: `Bearer ${ann.accessToken}` } },
        { extraHeaders: { cookie, origin: url } },
        { extraHeaders: { cookie, origin: 'https://good.example' } },
      ];
      for (const options of good) {
        const { hello, socket } = await connect({ ...options, transports });
        expect(hello).toMatchObject({
          protocol: 1,
          userId: ann.userId,
          heads: { [`conversation:${conversationId}`]: expect.any(Number) },
        });
        socket.close();
      }
    },
  );

  it.each(['websocket', 'polling'])('over %s is refused for everybody else', async (transport) => {
    const transports = [transport];
    const cookie = await cookieOf(ann);
    const refused = transport === 'polling' ? 'xhr poll error' : 'websocket error';
    const bad: [Options, string][] = [
      [{}, 'unauthenticated'],
      [{ auth: { token: '' } }, 'unauthenticated'],
      [{ auth: { token: 'junk' } }, 'invalid_token'],
      [{ auth: { token: ann.refreshToken } }, 'invalid_token'],
      [{ auth: { token: { toString: 'x' } } }, 'unauthenticated'],
      [{ extraHeaders: { cookie } }, 'unauthenticated'],
      [{ query: { token: ann.accessToken } }, 'unauthenticated'],
      [{ extraHeaders: { cookie, origin: 'https://evil.example' } }, refused],
      [{ extraHeaders: { cookie, origin: 'https://good.example.evil.example' } }, refused],
      [{ extraHeaders: { cookie, origin: 'null' } }, refused],
      [{ auth: { token: ann.accessToken }, extraHeaders: { origin: 'https://evil.example' } }, refused],
    ];
    for (const [options, expected] of bad) {
      const socket = await refusalOf({ ...options, transports });
      expect(socket, JSON.stringify(options)).toBe(expected);
    }
    expect(app.app.hub.followersOf([`user:${ann.userId}`]).size).toBe(0);
  });
});

describe('events', () => {
  it.each<[string, Options]>([
    ['by websocket', { transports: ['websocket'] }],
    ['by polling', { transports: ['polling'] }],
    ['while it goes over from polling to websocket', { transports: ['polling', 'websocket'] }],
  ])('come once each, in order, %s', async (_what, options) => {
    let talking = true;
    const sent: number[] = [];
    const talk = async () => {
      while (talking) {
        const { message } = await say(ann);
        sent.push(message.seq);
      }
    };
    const participants = [talk(), talk(), talk()];
    const { socket, seqs } = await connect({ ...options, auth: { token: bob.accessToken } });
    await sleep(400);
    talking = false;
    await Promise.all(participants);
    const last = Math.max(...sent);
    await vi.waitFor(() => expect(seqs.at(-1)).toBe(last));
    const first = seqs[0]!;
    expect(seqs).toEqual(Array.from({ length: last - first + 1 }, (_, n) => first + n));
    expect(seqs.length).toBeGreaterThan(20);
    expect(socket.io.engine.transport.name).toBe(options.transports?.at(-1));
  });

  it('are answered in between, over every transport', async () => {
    for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
      const { socket } = await connect({ transports, auth: { token: bob.accessToken } });
      const answers = await Promise.all(
        Array.from({ length: 30 }, () => socket.timeout(5_000).emitWithAck('op', { name: 'users.me' })),
      );
      expect(answers.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
      socket.close();
    }
  });

  it('stop for a user who signs out, and their connections close', async () => {
    const carl = await app.person('Carl');
    const { socket } = await connect({ auth: { token: carl.accessToken } });
    const gone = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    await carl.call('auth.logoutAll', {});
    await gone;
    expect(app.app.hub.followersOf([`user:${carl.userId}`]).size).toBe(0);
    expect(await refusalOf({ auth: { token: carl.accessToken } })).toBe('invalid_token');
  });
});

describe('an open connection', () => {
  it('accepts a new token of its own session, and no other', async () => {
    const { socket } = await connect({ auth: { token: ann.accessToken } });
    const renew = (token: string) => socket.timeout(5_000).emitWithAck('auth:renew', { token });
    expect(await renew(ann.accessToken)).toMatchObject({ ok: true, data: { expiresAt: expect.any(String) } });
    expect(await renew(bob.accessToken)).toMatchObject({ ok: false, error: { code: 'invalid_token' } });
    expect(await renew('junk')).toMatchObject({ ok: false, error: { code: 'invalid_token' } });
  });

  it('uses the current permissions of its user, not those at the time of connecting', async () => {
    const eve = await app.person('Eve', { verified: false });
    const set = (statement: string) => app.database.pool.query(statement);
    const { socket } = await connect({ auth: { token: eve.accessToken } });
    const call = (name: string, input: object = {}) => socket.timeout(5_000).emitWithAck('op', { name, input });
    await set("update instance_setting set unverified_may = 'read'");
    try {
      expect(await call('workspaces.create', { name: 'x' })).toMatchObject({ error: { code: 'unverified_email' } });
      await set(`update account set email_verified_at = now() where id = '${eve.userId}'`);
      expect(await call('workspaces.create', { name: 'x' })).toMatchObject({ ok: true });
      await set(`update account set role = 'admin' where id = '${eve.userId}'`);
      expect(await call('admin.settings')).toMatchObject({ ok: true });
      await set(`update account set role = 'user' where id = '${eve.userId}'`);
      expect(await call('admin.settings')).toMatchObject({ error: { code: 'forbidden' } });
    } finally {
      await set("update instance_setting set unverified_may = 'everything'");
    }
  });

  it('requires a verified address if the instance does; verifying it stays possible', async () => {
    const set = (may: string) => app.database.pool.query('update instance_setting set unverified_may = $1', [may]);
    const gil = await app.person('Gil', { verified: false });
    const verified = await app.person('Hal');
    const options = { auth: { token: gil.accessToken } };
    const { socket } = await connect(options);
    await set('nothing');
    try {
      expect(await refusalOf(options)).toBe('unverified_email');
      expect(await refusalOf({ extraHeaders: { cookie: await cookieOf(gil), origin: url } })).toBe('unverified_email');
      expect(await refusalOf({ auth: { token: verified.accessToken } })).toBe('connected');
      const renewed = await socket.timeout(5_000).emitWithAck('auth:renew', { token: gil.accessToken });
      expect(renewed).toMatchObject({ ok: false, error: { code: 'unverified_email' } });
      const post = (path: string, body: object) =>
        fetch(`${url}/api/v1${path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${gil.accessToken}` },
          body: JSON.stringify(body),
        });
      const otp = await vi.waitFor(() => {
        const mail = app.mails.find((text) => text.includes(gil.email));
        return /\b(\d{6}) is your verification code/.exec(mail!)![1];
      });
      expect((await post('/auth/verify-email', { otp })).ok).toBe(true);
      expect(await refusalOf(options)).toBe('connected');
      expect(await socket.timeout(5_000).emitWithAck('op', { name: 'users.me' })).toMatchObject({ ok: true });
    } finally {
      await set('everything');
    }
  });

  it('does not survive the end of its session while it is being set up', async () => {
    for (let round = 0; round < 6; round++) {
      const fay = await app.person(`Fay ${round}`);
      const socket = io(url, {
        forceNew: true,
        reconnection: false,
        transports: ['websocket'],
        auth: { token: fay.accessToken },
      });
      const gone = new Promise<void>((resolve) => {
        socket.once('disconnect', () => resolve());
        socket.once('connect_error', () => resolve());
      });
      await sleep(round * 2);
      await fay.call('auth.logoutAll', {});
      await gone;
      socket.close();
    }
  });

  it('cannot act in the name of another user, or in what it may not see', async () => {
    const carl = await app.person('Carla');
    const { socket } = await connect({ auth: { token: carl.accessToken } });
    const send = (input: object) => socket.timeout(5_000).emitWithAck('message:send', input);
    const message = { conversationId, content: 'x', clientMessageId: randomUUID() };
    expect(await send(message)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    expect(await send({ ...message, from: ann.userId })).toMatchObject({
      error: { code: 'invalid_input', errors: [{ path: 'from', code: 'unknown_key' }] },
    });
    const admin = { name: 'admin.settings', input: {} };
    expect(await socket.timeout(5_000).emitWithAck('op', admin)).toMatchObject({ error: { code: 'forbidden' } });
    const resumed = await socket
      .timeout(5_000)
      .emitWithAck('resume', { since: { [`conversation:${conversationId}`]: 0 } });
    expect(resumed).toMatchObject({
      ok: true,
      data: { events: [], heads: {}, reset: [`conversation:${conversationId}`] },
    });
  });

  it('leaves nothing behind when it closes while it is being set up', async () => {
    for (let round = 0; round < 10; round++) {
      const socket = io(url, {
        forceNew: true,
        reconnection: false,
        transports: ['websocket'],
        auth: { token: ann.accessToken },
      });
      await new Promise<void>((resolve) => socket.once('connect', resolve));
      await sleep(round % 4);
      socket.close();
    }
    await vi.waitFor(() => expect(app.app.hub.followersOf([`user:${ann.userId}`]).size).toBe(0));
  });
});

describe('a server that stops', () => {
  it('tells all clients to reconnect, answers running calls, and then closes', async () => {
    const other = await testApp();
    const dora = await other.person('Dora');
    const address = await other.listen();
    const socket = io(address, {
      forceNew: true,
      reconnection: false,
      transports: ['websocket'],
      auth: { token: dora.accessToken },
    });
    await new Promise<void>((resolve) => socket.once('hello', () => resolve()));
    const moving = new Promise<{ retryInMs: number }>((resolve) => socket.once('server:moving', resolve));
    const gone = new Promise<string>((resolve) => socket.once('disconnect', resolve));
    const answers = Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        socket.timeout(5_000).emitWithAck('op', { name: 'workspaces.create', input: { name: `Team ${n}` } }),
      ),
    );
    await sleep(5);
    const closed = other.close();
    expect((await moving).retryInMs).toBeLessThanOrEqual(2_000);
    for (const answer of await answers) {
      if (!answer.ok) expect(answer.error.code).toBe('unavailable');
    }
    await gone;
    await closed;
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
  });
});
