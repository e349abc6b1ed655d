import { io } from 'socket.io-client';
import { afterEach, describe, expect, it } from 'vitest';
import { PASSWORD, type TestApp, testApp } from './app.ts';

let app: TestApp;
afterEach(() => app.close());

async function start(env: Record<string, string>) {
  app = await testApp({ env, limits: true });
  const origin = (await app.listen()).replace(/\/$/, '');
  const login = (email: string, password: string, forwarded?: string) =>
    fetch(`${origin}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) },
      body: JSON.stringify({ email, password }),
    });
  return { origin, login };
}

const auditedIps = async () =>
  (await app.database.pool.query("select ip from audit_log where kind = 'sign_in_failed' order by id")).rows.map(
    (row) => row.ip,
  );

describe('S30 the address of a caller', () => {
  it('is not taken from a header, unless a trusted proxy has set it', async () => {
    const { login } = await start({});
    for (let at = 0; at < 5; at += 1) {
      expect((await login(`p${at}@example.org`, 'wrong horse', `198.51.100.${at}`)).status).toBe(401);
    }
    const sixth = await login('p6@example.org', 'wrong horse', '198.51.100.77');
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(sixth.headers.get('ratelimit-limit')).toBe('5');
    expect(sixth.headers.get('ratelimit-remaining')).toBe('0');
    expect(Number(sixth.headers.get('ratelimit-reset'))).toBeGreaterThan(800);
    expect(new Set(await auditedIps())).toEqual(new Set(['127.0.0.1']));
  });

  it('is taken from a trusted proxy, and forged entries before it have no effect', async () => {
    const { login } = await start({ TRUST_PROXY: '127.0.0.0/8' });
    for (let at = 0; at < 5; at += 1) {
      expect((await login(`p${at}@example.org`, 'wrong horse', `198.51.100.${at}, 203.0.113.9`)).status).toBe(401);
    }
    expect((await login('p6@example.org', 'wrong horse', '198.51.100.77, 203.0.113.9')).status).toBe(429);
    expect((await login('p7@example.org', 'wrong horse', '203.0.113.10')).status).toBe(401);
    expect(await auditedIps()).toEqual([...Array<string>(5).fill('203.0.113.9'), '203.0.113.10']);
  });

  it('is the same on a socket', async () => {
    const { origin } = await start({ TRUST_PROXY: '127.0.0.1' });
    const ann = await app.person('Ann');
    const socket = io(origin, {
      transports: ['websocket'],
      auth: { token: ann.accessToken },
      extraHeaders: { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' },
    });
    try {
      const input = { current: PASSWORD, password: 'a wholly new phrase' };
      const answer = await socket.timeout(8_000).emitWithAck('op', { name: 'auth.changePassword', input });
      expect(answer).toEqual({ ok: true, data: {} });
      const { rows } = await app.database.pool.query("select ip from audit_log where kind = 'password_changed'");
      expect(rows).toEqual([{ ip: '203.0.113.9' }]);
    } finally {
      socket.close();
    }
  });
});

describe('S17 a password reset by a mailed link', () => {
  it('closes the open connections of that person', async () => {
    const { origin } = await start({});
    const ann = await app.person('Ann');
    const socket = io(origin, { transports: ['websocket'], auth: { token: ann.accessToken }, reconnection: false });
    await new Promise<void>((resolve) => socket.once('hello', () => resolve()));
    const closed = new Promise<number>((resolve) => socket.once('disconnect', () => resolve(Date.now())));
    await app.call('auth.forgotPassword', { email: ann.email });
    let token: string | undefined;
    while (token === undefined) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      token = app.mails.findLast((mail) => mail.includes('#token='))?.match(/#token=([\w-]{43})/)?.[1];
    }
    const begun = Date.now();
    await app.call('auth.resetPassword', { token, password: 'a wholly new phrase' });
    expect((await closed) - begun).toBeLessThan(10_000);
    socket.close();
  });
});
