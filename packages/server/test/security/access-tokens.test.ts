import { generateKeyPairSync, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person } from '../app.ts';
import { cookieOf, signingKeyOf, startExternalApp, type Wire, waitForMail } from './external-app.ts';

let wire: Wire;
let boss: Person;
let ann: Person;
beforeAll(async () => {
  wire = await startExternalApp();
  boss = await wire.app.person('Boss');
  ann = await wire.app.person('Ann');
});
afterAll(() => wire.close());

const me = (token: string) => wire.send('GET', '/users/me', { token });
const socketRefusal = (token: string) =>
  wire.connect({ auth: { token } }).then(
    () => 'connected',
    (error: Error) => error.message,
  );

/** The current claims of Ann's token. */
function claims(): Record<string, unknown> {
  const seconds = Math.floor(Date.now() / 1000);
  const { sessionId: sid, userId: sub } = ann.actor;
  return { sub, sid, ver: 1, iss: 'atrium', aud: 'atrium', iat: seconds, exp: seconds + 600 };
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function signed(payload: object = {}, header: object = {}, by?: ReturnType<typeof generateKeyPairSync>) {
  const { kid, privateKey } = await signingKeyOf(wire.dataDir);
  return new SignJWT({ ...claims(), ...payload })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...header })
    .sign(by?.privateKey ?? privateKey);
}

async function expectRefused(tokens: Record<string, string>, code: string): Promise<void> {
  for (const [name, token] of Object.entries(tokens)) {
    const answer = await me(token);
    expect({ name, status: answer.status, code: answer.body.code }).toEqual({ name, status: 401, code });
    expect(await socketRefusal(token), name).toBe(code);
  }
}

it('S1 a token that chooses its own verification is refused, and nothing is fetched or read for it', async () => {
  const asked: string[] = [];
  const trap = http.createServer((request, response) => {
    asked.push(String(request.url));
    response.end('{}');
  });
  await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
  const elsewhere = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`;
  try {
    expect((await me(await signed())).status).toBe(200);
    const { kid, x } = await signingKeyOf(wire.dataDir);
    const own = generateKeyPairSync('ed25519');
    const jwk = own.publicKey.export({ format: 'jwk' });
    const head = { typ: 'at+jwt', kid };
    const shared = (key: string) =>
      new SignJWT(claims()).setProtectedHeader({ ...head, alg: 'HS256' }).sign(new TextEncoder().encode(key));
    await expectRefused(
      {
        none: `${encode({ ...head, alg: 'none' })}.${encode(claims())}.`,
        None: `${encode({ ...head, alg: 'None' })}.${encode(claims())}.`,
        'signed with the public key as a secret': await shared(x),
        'signed with the public key in PEM': await shared(
          String(own.publicKey.export({ format: 'pem', type: 'spki' })),
        ),
        'another kind': await signed({}, { typ: 'JWT' }),
        'no kind': await signed({}, { typ: undefined }),
        'an unknown key': await signed({}, { kid: randomUUID() }),
        'no key': await signed({}, { kid: undefined }),
        'a file': await signed({}, { kid: '../../../../etc/passwd' }, own),
        'a file of zeros': await signed({}, { kid: '/dev/null' }, own),
        SQL: await signed({}, { kid: "x' union select '{}' --" }, own),
        jku: await signed({}, { jku: `${elsewhere}/jku` }, own),
        x5u: await signed({}, { x5u: `${elsewhere}/x5u` }, own),
        'jku and its kid': await signed({}, { jku: `${elsewhere}/jku`, kid: 'theirs' }, own),
        jwk: await signed({}, { jwk }, own),
      },
      'invalid_token',
    );
    expect(asked).toEqual([]);
  } finally {
    trap.close();
  }
});

describe('S2 a token', () => {
  it('with a wrong time, issuer, audience or user is refused', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const [header = '', payload = '', signature = ''] = (await signed()).split('.');
    const flip = (text: string) => `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`;
    await expectRefused(
      {
        'not yet': await signed({ nbf: seconds + 60 }),
        'another issuer': await signed({ iss: 'elsewhere' }),
        'no issuer': await signed({ iss: undefined }),
        'another audience': await signed({ aud: 'elsewhere' }),
        'never ends': await signed({ exp: undefined }),
        'another person': await signed({ sub: boss.userId }),
        'another session': await signed({ sid: boss.actor.sessionId }),
        nobody: await signed({ sub: randomUUID() }),
        'another version': await signed({ ver: 2 }),
        'a flipped payload': `${header}.${flip(payload)}.${signature}`,
        'a flipped signature': `${header}.${payload}.${flip(signature)}`,
        'another key': await signed({}, {}, generateKeyPairSync('ed25519')),
      },
      'invalid_token',
    );
  });

  it('that has expired is reported as such, with a tolerance of 30 s at most', async () => {
    const seconds = Math.floor(Date.now() / 1000);
    const ended = await signed({ iat: seconds - 900, exp: seconds - 31 });
    await expectRefused({ ended }, 'token_expired');
    expect((await me(ended)).body.title).toBe('Token has expired');
  });
});

it('S3 a key rotation signs nobody out: tokens, sockets and refresh tokens stay valid', async () => {
  const [token, signedIn] = [await signed(), await wire.app.person('Carl')];
  const socket = await wire.connect({ auth: { token: signedIn.accessToken } });
  const { kid } = await signingKeyOf(wire.dataDir);
  expect((await wire.send('POST', '/admin/keys/rotate', { token: boss.accessToken, body: {} })).status).toBe(200);
  expect((await signingKeyOf(wire.dataDir)).kid).not.toBe(kid);
  expect((await me(token)).status).toBe(200);
  expect((await me(signedIn.accessToken)).status).toBe(200);
  expect(await socket.emitWithAck('op', { name: 'users.me' })).toMatchObject({ ok: true });
  const { refreshToken } = signedIn;
  const renewed = await wire.send('POST', '/auth/refresh', { body: { refreshToken } });
  expect((await me(renewed.body.accessToken)).status).toBe(200);
  expect(await socket.emitWithAck('auth:renew', { token: renewed.body.accessToken })).toMatchObject({ ok: true });
  socket.close();
});

it('S4 no kind of token is accepted as another', async () => {
  const { app } = wire;
  const dora = await app.person('Dora');
  await wire.send('POST', '/auth/forgot-password', { body: { email: dora.email } });
  const reset = await waitForMail(app, dora.email, /#token=([\w-]{43})/);
  await app.call('auth.register', { name: 'Eve', email: 'eve@example.org', password: PASSWORD });
  const code = await waitForMail(app, 'eve@example.org', /\b(\d{6}) is your verification code/);
  await app.database.pool.query(
    'insert into two_factor (account_id, email_enabled_at) values ($1, now()) on conflict do nothing',
    [dora.userId],
  );
  const { challenge } = await app.call('auth.login', { email: dora.email, password: PASSWORD });
  const kinds: Record<string, string> = {
    access: dora.accessToken,
    refresh: dora.refreshToken,
    reset,
    code,
    challenge: challenge?.id ?? '',
  };
  expect(Object.values(kinds).every((token) => token.length >= 6)).toBe(true);
  const uses: Record<string, (token: string) => Promise<number>> = {
    access: async (token) => (await me(token)).status,
    'access cookie': async (token) =>
      (await wire.send('GET', '/users/me', { headers: { cookie: cookieOf({ atrium_access: token }) } })).status,
    socket: async (token) => ((await socketRefusal(token)) === 'connected' ? 200 : 401),
    refresh: async (refreshToken) => (await wire.send('POST', '/auth/refresh', { body: { refreshToken } })).status,
    'refresh cookie': async (token) => {
      const headers = { cookie: cookieOf({ atrium_refresh: token }), origin: wire.origin };
      return (await wire.send('POST', '/auth/refresh', { body: {}, headers })).status;
    },
    reset: async (token) =>
      (await wire.send('POST', '/auth/reset-password', { body: { token, password: 'a wholly new phrase' } })).status,
    reopen: async (token) => (await wire.send('POST', '/auth/reopen-sign-in', { body: { token } })).status,
    challenge: async (challengeId) =>
      (await wire.send('POST', '/auth/verify-otp', { body: { challengeId, code: '000000' } })).status,
  };
  const own: Record<string, string[]> = {
    access: ['access', 'access cookie', 'socket'],
    refresh: ['refresh', 'refresh cookie'],
    reset: ['reset'],
    challenge: ['challenge'],
  };
  for (const [kind, token] of Object.entries(kinds)) {
    for (const [use, act] of Object.entries(uses)) {
      if (own[kind]?.includes(use)) continue;
      const status = await act(token);
      expect([400, 401], `${kind} as ${use}: ${status}`).toContain(status);
    }
  }
  // Each is valid in its place: none of the refusals above was for an invalid token.
  expect(await uses.access?.(dora.accessToken)).toBe(200);
  expect(await uses['refresh cookie']?.(dora.refreshToken)).toBe(200);
  expect(await uses.reset?.(reset)).toBe(200);
});

describe('S5 a revocation takes effect immediately', () => {
  const closing = (socket: Socket) => {
    const begun = Date.now();
    return new Promise<number>((resolve) => socket.once('disconnect', () => resolve(Date.now() - begun)));
  };

  it('for a role, with the next request and the next command', async () => {
    const fay = await wire.app.person('Fay');
    const socket = await wire.connect({ auth: { token: fay.accessToken } });
    const role = (name: string) =>
      wire.app.database.pool.query('update account set role = $2 where id = $1', [fay.userId, name]);
    const settings = async () => [
      (await wire.send('GET', '/admin/settings', { token: fay.accessToken })).status,
      (await socket.emitWithAck('op', { name: 'admin.settings' })).ok,
    ];
    await role('admin');
    expect(await settings()).toEqual([200, true]);
    await role('user');
    expect(await settings()).toEqual([403, false]);
    socket.close();
  });

  it('for a disabled account', async () => {
    const gil = await wire.app.person('Gil');
    expect((await me(gil.accessToken)).status).toBe(200);
    await wire.app.database.pool.query('update account set disabled_at = now() where id = $1', [gil.userId]);
    expect((await me(gil.accessToken)).status).toBe(401);
    expect(await socketRefusal(gil.accessToken)).toBe('invalid_token');
    const { refreshToken } = gil;
    expect((await wire.send('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
  });

  it.each([
    [
      'a password changed elsewhere',
      (token: string) =>
        wire.send('POST', '/auth/change-password', {
          token,
          body: { current: PASSWORD, password: 'a wholly new phrase' },
        }),
    ],
    ['signed out everywhere', (token: string) => wire.send('POST', '/auth/logout-all', { token, body: {} })],
    [
      'this session ended from another',
      async (token: string, sessionId: string) => wire.send('DELETE', `/auth/sessions/${sessionId}`, { token }),
    ],
  ])('%s: the tokens at once, the sockets within 2 s', async (_name, act) => {
    const hal = await wire.app.person('Hal');
    const login = await wire.send('POST', '/auth/login', { body: { email: hal.email, password: PASSWORD } });
    const socket = await wire.connect({ auth: { token: hal.accessToken } });
    const closed = closing(socket);
    expect((await act(login.body.accessToken, hal.actor.sessionId)).status).toBe(200);
    expect((await me(hal.accessToken)).status).toBe(401);
    const { refreshToken } = hal;
    expect((await wire.send('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    expect(await closed).toBeLessThan(2_000);
    expect(await socketRefusal(hal.accessToken)).toBe('invalid_token');
  });
});
