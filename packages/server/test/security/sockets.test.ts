import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signAccessToken } from '../../src/modules/identity/keys/access-token.ts';
import type { Person } from '../app.ts';
import { concurrently, cookieOf, countBy, signingKeyOf, startExternalApp, type Wire } from './external-app.ts';

let wire: Wire;
let ann: Person;
/** The current time for connections, if it is set. */
let liveNow: Date | undefined;
const BEACON_MS = 300;
beforeAll(async () => {
  wire = await startExternalApp({
    env: {
      ALLOWED_ORIGINS: 'https://good.example',
      SOCKETS_PER_USER: '20',
      SOCKETS_OPENING_PER_ADDRESS: '50',
      LIMIT_MESSAGE: '10/5',
    },
    beaconMs: BEACON_MS,
    liveClock: { now: () => liveNow ?? new Date() },
  });
  ann = await wire.app.person('Ann');
});
afterAll(() => wire.close());

const refusalOf = (opening: Promise<Socket>) =>
  opening.then(
    (socket) => {
      socket.close();
      return 'connected';
    },
    (error: Error) => error.message,
  );
const socketUrl = () => `${wire.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;

/** The status of a handshake; 101 means success. */
function statusOfUpgrade(headers: Record<string, string>): Promise<number> {
  const upgrade = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
  };
  return new Promise((resolve, reject) => {
    const asking = request(`${wire.origin}/socket.io/?EIO=4&transport=websocket`, {
      headers: { ...upgrade, ...headers },
    });
    asking.on('response', (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asking.on('upgrade', (_response, socket) => {
      socket.destroy();
      resolve(101);
    });
    asking.on('error', reject);
    asking.end();
  });
}

/** How a raw connection ends: its close code, and whether it was ever open. */
function endOf(raw: WebSocket): Promise<{ opened: boolean; code: number }> {
  let opened = false;
  raw.addEventListener('open', () => {
    opened = true;
  });
  return new Promise((resolve) => {
    raw.addEventListener('close', ({ code }) => resolve({ opened, code }));
  });
}

describe('S22 a page of another site', () => {
  it.each([
    'https://evil.example',
    'null',
    'https://good.example.evil.example',
    'https://sub.good.example',
    'http://good.example',
    'not an origin',
  ])('%s gets no socket with cookies or a token, by websocket or polling', async (origin) => {
    const body = { email: ann.email, password: ann.password, transport: 'cookie' };
    const { jar } = await wire.send('POST', '/auth/login', { body });
    for (const headers of [
      { origin, cookie: cookieOf(jar) },
      { origin, authorization: `Bearer ${ann.accessToken}` },
    ]) {
      expect(await statusOfUpgrade(headers)).toBe(403);
      const polling = await fetch(`${wire.origin}/socket.io/?EIO=4&transport=polling`, { headers });
      expect(polling.status).toBe(403);
    }
  });

  it('a program without an origin needs a token: cookies alone are not accepted', async () => {
    const body = { email: ann.email, password: ann.password, transport: 'cookie' };
    const { jar } = await wire.send('POST', '/auth/login', { body });
    const cookie = cookieOf(jar);
    expect(await refusalOf(wire.connect({ extraHeaders: { cookie } }))).toBe('unauthenticated');
    expect(await refusalOf(wire.connect({ extraHeaders: { cookie, origin: 'https://good.example' } }))).toBe(
      'connected',
    );
    expect(await refusalOf(wire.connect({ extraHeaders: { authorization: `Bearer ${ann.accessToken}` } }))).toBe(
      'connected',
    );
  });
});

it('S24 a token in the URL is not accepted', async () => {
  expect(await refusalOf(wire.connect({ query: { token: ann.accessToken } }))).toBe('unauthenticated');
  expect(await refusalOf(wire.connect({ query: { access_token: ann.accessToken } }))).toBe('unauthenticated');
});

describe('S25 a token that expires while the socket is open', () => {
  // The test triggers the checks of a connection: what is between two of them does not depend on this machine.
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  });
  afterEach(() => {
    vi.useRealTimers();
    liveNow = undefined;
  });

  /** A token of Ann's session that expires in some seconds. */
  const tokenFor = async (seconds: number) => {
    const { sessionId, userId } = ann.actor;
    const issued = new Date(Date.now() - (15 * 60 - seconds) * 1000);
    return signAccessToken(await signingKeyOf(wire.dataDir), { userId, sessionId, tokenVersion: 1 }, issued);
  };

  /** Opens a socket with such a token. */
  const connect = async (token: string) => {
    const socket = await wire.connect({ auth: { token } });
    const { exp } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { exp: number };
    const announced: unknown[] = [];
    socket.on('auth:expiring', (data: unknown) => announced.push(data));
    return {
      socket,
      end: new Date(exp * 1000).toISOString(),
      announced,
      /** Sets the time to some milliseconds before the token expires. */
      goTo(leftMs: number) {
        liveNow = new Date(exp * 1000 - leftMs);
      },
      /** Answers come after what was announced before. */
      async ask(): Promise<string> {
        const answer = await socket.timeout(5_000).emitWithAck('op', { name: 'users.me' });
        return answer.ok ? 'ok' : answer.error.code;
      },
    };
  };
  const check = () => vi.advanceTimersByTime(1.1 * BEACON_MS);

  it('is announced, then refuses commands, then closes the connection', async () => {
    const { socket, end, announced, goTo, ask } = await connect(await tokenFor(300));
    const closed = new Promise((resolve) => socket.once('disconnect', resolve));
    goTo(60_001);
    check();
    expect([await ask(), announced]).toEqual(['ok', []]);
    goTo(60_000);
    check();
    check();
    expect([await ask(), announced]).toEqual(['ok', [{ expiresAt: end }]]);
    goTo(1);
    check();
    expect(await ask()).toBe('ok');
    goTo(0);
    expect(await ask()).toBe('token_expired');
    expect(socket.connected).toBe(true);
    check();
    await closed;
  });

  it('does not end a plain client, which reconnects automatically with its next token', async () => {
    const tokens = [await tokenFor(300), await tokenFor(600)];
    const again = { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 10 };
    const socket = await wire.connect({ auth: (give) => give({ token: tokens.shift() }), ...again });
    const back = new Promise((resolve) => socket.once('connect', () => resolve('back')));
    liveNow = new Date(Date.now() + 301_000);
    check();
    expect(await back).toBe('back');
    expect(await socket.timeout(5_000).emitWithAck('op', { name: 'users.me' })).toMatchObject({ ok: true });
    socket.close();
  });

  it('is reported to a plain client that has no other token', async () => {
    // Clocks may differ by ten seconds: so long it is still accepted.
    const token = await tokenFor(-2);
    const again = { reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 10 };
    const socket = await wire.connect({ auth: { token }, ...again });
    const refused = new Promise((resolve) => socket.once('connect_error', resolve));
    await sleep(9_000);
    check();
    expect(await refused).toMatchObject({ data: { code: 'token_expired' } });
    socket.close();
  });

  it('is renewed on the open socket', async () => {
    const { socket, announced, goTo, ask } = await connect(await tokenFor(300));
    goTo(30_000);
    check();
    expect([await ask(), announced]).toMatchObject(['ok', [{}]]);
    expect(await socket.emitWithAck('auth:renew', { token: await tokenFor(600) })).toMatchObject({ ok: true });
    goTo(-1);
    check();
    expect([await ask(), announced]).toMatchObject(['ok', [{}]]);
    expect(socket.connected).toBe(true);
    socket.close();
  });
});

it('S26 every command of a socket is checked, whatever it claims', async () => {
  const bob = await wire.app.person('Bob');
  const workspace = await ann.call('workspaces.create', { name: 'Team' });
  const { id: conversationId } = await ann.call('conversations.create', {
    workspaceId: workspace.id,
    kind: 'channel',
    visibility: 'private',
    name: 'Plans',
  });
  const [hers, his] = [
    await wire.connect({ auth: { token: ann.accessToken } }),
    await wire.connect({ auth: { token: bob.accessToken } }),
  ];
  const heard: string[] = [];
  hers.onAny((event: string) => heard.push(event));
  const message = { conversationId, content: 'x', clientMessageId: randomUUID() };
  const stream = `conversation:${conversationId}`;
  const tries: [string, unknown, string][] = [
    ['message:send', message, 'not_found'],
    ['message:send', { ...message, from: ann.userId }, 'invalid_input'],
    ['message:send', { ...message, senderId: ann.userId }, 'invalid_input'],
    ['op', { name: 'conversations.get', input: { conversationId } }, 'not_found'],
    ['op', { name: 'admin.settings', input: {} }, 'forbidden'],
    ['join', { room: stream }, 'not_found'],
    ['message:receive', message, 'not_found'],
  ];
  for (const [event, input, code] of tries) {
    const answer = await his.timeout(5_000).emitWithAck(event, input);
    expect(answer, event).toMatchObject({ ok: false, error: { code } });
  }
  const typing = { conversationId };
  const receipt = { conversationId, readSeq: 1 };
  const forged = { to: stream, type: 'message:receive', data: message };
  const more: [string, unknown, string][] = [
    ['typing:start', typing, 'not_found'],
    ['typing:start', { ...typing, userId: ann.userId }, 'invalid_input'],
    ['message:ack', receipt, 'not_found'],
    ['op', { name: 'messages.ack', input: { ...receipt, userId: ann.userId } }, 'invalid_input'],
    ['op', { name: 'messages.send', input: message, actor: { userId: ann.userId } }, 'invalid_input'],
    ['op', { name: 'conversations.join', input: { conversationId } }, 'not_found'],
    ['broadcast', forged, 'not_found'],
    ['auth:renew', { token: ann.accessToken }, 'invalid_token'],
  ];
  for (const [event, input, code] of more) {
    const answer = await his.timeout(5_000).emitWithAck(event, input);
    expect(answer, event).toMatchObject({ ok: false, error: { code } });
  }
  // The same over REST.
  const byRest: [string, string, unknown, string][] = [
    ['POST', '/messages', message, 'not_found'],
    ['POST', '/messages', { ...message, from: ann.userId }, 'invalid_input'],
    ['POST', '/messages', { ...message, senderId: ann.userId }, 'invalid_input'],
    ['GET', `/conversations/${conversationId}`, undefined, 'not_found'],
    ['GET', '/admin/settings', undefined, 'forbidden'],
    ['POST', `/conversations/${conversationId}/join`, {}, 'not_found'],
  ];
  for (const [method, route, body, code] of byRest) {
    const answer = await wire.send(method, route, { token: bob.accessToken, body });
    expect([route, answer.body.code]).toEqual([route, code]);
  }
  const nothing = { events: [], reset: [stream] };
  expect(await his.emitWithAck('sync', { stream, after: 0 })).toMatchObject({ ok: true, data: nothing });
  await sleep(100);
  expect(heard.filter((event) => /^(message|typing|conversation:member)/.test(event))).toEqual([]);
  expect((await ann.call('messages.list', { conversationId })).items).toEqual([]);
  hers.close();
  his.close();
});

describe('S27 limits of sockets', () => {
  it('a user has 20 open: of 40 at once exactly 20, and another when one has closed', async () => {
    const carl = await wire.app.person('Carl');
    const token = carl.accessToken;
    const opened: Socket[] = [];
    const outcomes = await concurrently(40, () =>
      wire.connect({ auth: { token } }).then(
        (socket) => {
          opened.push(socket);
          return 'connected';
        },
        (error: Error) => error.message,
      ),
    );
    expect(countBy(outcomes)).toEqual({ connected: 20, closed: 20 });
    expect(await refusalOf(wire.connect({ auth: { token } }))).toBe('closed');
    opened.pop()?.close();
    await sleep(100);
    expect(await refusalOf(wire.connect({ auth: { token } }))).toBe('connected');
    for (const socket of opened) socket.close();
  });

  it('50 unauthenticated ones can be open from one address, each for 5 s', {
    timeout: 20_000,
  }, async () => {
    const begun = Date.now();
    const ends = Array.from({ length: 60 }, () => endOf(new WebSocket(socketUrl())));
    expect((await Promise.race(ends)).opened).toBe(false);
    expect(await statusOfUpgrade({})).toBe(429);
    expect(await refusalOf(wire.connect({ auth: { token: ann.accessToken } }))).toBe('websocket error');
    expect((await Promise.all(ends)).filter(({ opened }) => !opened)).toHaveLength(10);
    const lasted = Date.now() - begun;
    expect(lasted).toBeGreaterThan(4_000);
    expect(lasted).toBeLessThan(9_000);
    expect(await refusalOf(wire.connect({ auth: { token: ann.accessToken } }))).toBe('connected');
  });

  it('ten messages in five seconds are counted over all sockets of a user, and over REST', async () => {
    const dora = await wire.app.person('Dora');
    const workspace = await dora.call('workspaces.create', { name: 'Team' });
    const group = { workspaceId: workspace.id, kind: 'channel', visibility: 'private', name: 'Plans' } as const;
    const { id: conversationId } = await dora.call('conversations.create', group);
    const sockets = [
      await wire.connect({ auth: { token: dora.accessToken } }),
      await wire.connect({ auth: { token: dora.accessToken } }),
    ];
    const limited: unknown[] = [];
    for (const socket of sockets) socket.on('error:rate_limited', (data: unknown) => limited.push(data));
    const bySocket: string[] = [];
    const codes = await concurrently(24, async (at) => {
      const message = { conversationId, content: 'x', clientMessageId: randomUUID() };
      if (at % 3 === 2) {
        const { status, body } = await wire.send('POST', '/messages', { token: dora.accessToken, body: message });
        return status === 201 ? 'ok' : String(body.code);
      }
      const answer = await sockets[at % 3]!.emitWithAck('message:send', message);
      const code: string = answer.ok ? 'ok' : answer.error.code;
      bySocket.push(code);
      return code;
    });
    expect(countBy(codes)).toEqual({ ok: 10, rate_limited: 14 });
    expect(limited).toHaveLength(bySocket.filter((code) => code === 'rate_limited').length);
    expect((await dora.call('messages.list', { conversationId, limit: 50 })).items).toHaveLength(10);
    for (const socket of sockets) socket.close();
  });

  it('a packet over 64 KiB closes the connection with 1009', async () => {
    const raw = new WebSocket(socketUrl());
    raw.addEventListener('open', () => raw.send(`40${JSON.stringify({ token: 'x'.repeat(64 * 1024) })}`));
    expect(await endOf(raw)).toEqual({ opened: true, code: 1009 });
  });
});

describe('S27 a client that sends its own disconnect frame and stays connected', () => {
  const come = () => `40${JSON.stringify({ token: ann.accessToken })}`;
  const isServed = () => refusalOf(wire.connect({ auth: { token: ann.accessToken } }));

  it('is disconnected, over websocket, and cannot connect a second time', async () => {
    const raw = new WebSocket(socketUrl());
    const end = endOf(raw);
    const heard: string[] = [];
    await new Promise<void>((resolve) => {
      raw.addEventListener('open', () => raw.send(come()));
      raw.addEventListener('message', ({ data }) => {
        heard.push(data);
        if (String(data).startsWith('42["hello"')) resolve();
      });
    });
    const before = heard.length;
    raw.send('41');
    await sleep(50);
    raw.send(come());
    expect(await Promise.race([end, sleep(3_000, 'still there')])).toMatchObject({ opened: true });
    expect(heard.slice(before).filter((frame) => /^4[04]/.test(frame))).toEqual([]);
    expect(await isServed()).toBe('connected');
  });

  it('is disconnected, over polling, and cannot connect a second time', async () => {
    const polling = `${wire.origin}/socket.io/?EIO=4&transport=polling`;
    const { sid } = JSON.parse((await (await fetch(polling)).text()).slice(1)) as { sid: string };
    const post = (body: string) => fetch(`${polling}&sid=${sid}`, { method: 'POST', body });
    const poll = async () => (await fetch(`${polling}&sid=${sid}`)).text();
    await post(come());
    while (!(await poll()).includes('42["hello"'));
    await post('41');
    expect((await post(come())).status).toBe(400);
    expect((await fetch(`${polling}&sid=${sid}`)).status).toBe(400);
    expect(await isServed()).toBe('connected');
  });
});
