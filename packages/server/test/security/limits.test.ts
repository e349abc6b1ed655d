import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../app.ts';
import {
  concurrently,
  countBy,
  type ExternalAnswer,
  startExternalApp,
  type Wire,
  waitForMail,
} from './external-app.ts';

/** With the limits of the contract, behind a proxy that sets the client's address: each test has separate addresses. */
let wire: Wire;
/** The same, without limits that would hide the tested one. */
let wider: Wire;
beforeAll(async () => {
  const env = { TRUST_PROXY: '127.0.0.1' };
  wire = await startExternalApp({ limits: true, env });
  const others = { LIMIT_OTP_RESEND: '1000/60', LIMIT_REGISTER: '100/60', LIMIT_USER: '100/60' };
  wider = await startExternalApp({ limits: true, env: { ...env, ...others } });
});
afterAll(async () => {
  await wire.close();
  await wider.close();
});

const from = (ip: string) => ({ 'x-forwarded-for': ip });
const login = (email: string, password: string, ip: string) =>
  wire.send('POST', '/auth/login', { body: { email, password }, headers: from(ip) });
const statuses = (answers: ExternalAnswer[]) => countBy(answers.map(({ status }) => status));

/** The delay in all its forms, which must agree. */
function expectWait(answer: ExternalAnswer | undefined, limit: number, atLeast: number): void {
  expect(answer?.status).toBe(429);
  expect(answer?.body.code).toBe('rate_limited');
  const wait = Number(answer?.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(atLeast);
  expect(Math.abs(answer?.body.retryAfterMs / 1000 - wait)).toBeLessThanOrEqual(1);
  expect(answer?.headers.get('ratelimit-limit')).toBe(String(limit));
}

describe('S11 wrong passwords', () => {
  it('are limited to five from one address, exactly when 50 come at once, and answers have the remaining number', async () => {
    const first = await login('nobody@example.org', 'wrong horse', '192.0.2.1');
    expect(first.headers.get('ratelimit-limit')).toBe('5');
    expect(first.headers.get('ratelimit-remaining')).toBe('4');
    expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(800);
    const answers = await concurrently(50, (at) => login(`nobody${at}@example.org`, 'wrong horse', '192.0.2.1'));
    expect(statuses(answers)).toEqual({ 401: 4, 429: 46 });
    const refused = answers.find(({ status }) => status === 429);
    expectWait(refused, 5, 800);
    expect(refused?.headers.get('ratelimit-remaining')).toBe('0');
  });

  it('are limited to five for one account from everywhere, and its owner can sign in from elsewhere', async () => {
    const ann = await wire.app.person('Ann');
    const answers = await concurrently(50, (at) => login(ann.email, 'wrong horse', `198.51.100.${at}`));
    expect(statuses(answers)).toEqual({ 401: 5, 429: 45 });
    expect((await login(ann.email, PASSWORD, '203.0.113.7')).status).toBe(200);
    // Signing in resets what was counted for the account.
    expect((await login(ann.email, 'wrong horse', '203.0.113.8')).status).toBe(401);
  });

  it('are counted alike for all accounts: 5 and then 429 for an unknown one too', async () => {
    const answers = await concurrently(20, (at) => login('stranger@example.org', 'wrong horse', `198.51.100.${at}`));
    expect(statuses(answers)).toEqual({ 401: 5, 429: 15 });
  });
});

describe('S14 S15 codes', () => {
  it('are void after a sixth wrong one, with 429, however parallel', async () => {
    const before = wire.app.mails.length;
    await wire.app.call('auth.register', { name: 'Ann', email: 'ann@example.org', password: PASSWORD });
    const code = await waitForMail(wire.app, 'ann@example.org', /\b(\d{6}) is your verification code/, before);
    const { body } = await login('ann@example.org', PASSWORD, '192.0.2.2');
    const verify = (otp: string) => wire.send('POST', '/auth/verify-email', { token: body.accessToken, body: { otp } });
    const wrong = code === '111111' ? '222222' : '111111';
    const answers = await concurrently(20, () => verify(wrong));
    expect(statuses(answers)).toEqual({ 400: 5, 429: 15 });
    expectWait(
      answers.find(({ status }) => status === 429),
      5,
      800,
    );
    expectWait(await verify(code), 5, 800);
    const { rows } = await wire.app.database.pool.query('select tries from email_code where account_id = $1', [
      body.user.id,
    ]);
    expect(rows).toEqual([{ tries: 5 }]);
  });

  it('can be mailed once a minute', async () => {
    const ann = await wire.app.person('Ann', { verified: false });
    const resend = () => wire.send('POST', '/auth/verify-email/resend', { token: ann.accessToken, body: {} });
    const answers = await concurrently(20, resend);
    expect(statuses(answers)).toEqual({ 200: 1, 429: 19 });
    const refused = answers.find(({ status }) => status === 429);
    expectWait(refused, 1, 50);
    expect(Number(refused?.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });

  it('can be mailed five times an hour to one account, exactly when 50 are requested at once', async () => {
    const ann = await wider.app.person('Ann', { verified: false });
    const answers = await concurrently(50, (at) =>
      wider.send('POST', '/auth/verify-email/resend', {
        token: ann.accessToken,
        body: {},
        headers: from(`198.51.100.${at}`),
      }),
    );
    expect(statuses(answers)).toEqual({ 200: 5, 429: 45 });
    expect(Number(answers.find(({ status }) => status === 429)?.headers.get('retry-after'))).toBeGreaterThan(3_000);
    const { rows } = await wider.app.database.pool.query(
      "select count(*)::int from mail where subject like '%code' and to_address = $1",
      [ann.email],
    );
    // And the one of registering.
    expect(rows).toEqual([{ count: 6 }]);
  });

  it('can be mailed five times an hour for one IP address, whoever they are for', async () => {
    const people = await concurrently(8, (at) => wider.app.person(`Ann ${at}`, { verified: false }));
    const resend = (token: string, ip: string) =>
      wider.send('POST', '/auth/verify-email/resend', { token, body: {}, headers: from(ip) });
    const answers = await Promise.all(people.map(({ accessToken }) => resend(accessToken, '192.0.2.1')));
    expect(statuses(answers)).toEqual({ 200: 5, 429: 3 });
    expect((await resend(people[0]!.accessToken, '192.0.2.2')).status).toBe(200);
  });
});

describe('S28 limits of the contract are exact when 50 come at once', () => {
  it('three password-reset links an hour', async () => {
    const ask = (ip: string) =>
      wire.send('POST', '/auth/forgot-password', { body: { email: 'ann@example.org' }, headers: from(ip) });
    const answers = await concurrently(50, () => ask('192.0.2.3'));
    expect(statuses(answers)).toEqual({ 200: 3, 429: 47 });
    expectWait(
      answers.find(({ status }) => status === 429),
      3,
      3_000,
    );
    expect((await ask('192.0.2.4')).status).toBe(200);
  });

  it('three wrong links an hour', async () => {
    const body = { token: 'x'.repeat(43), password: 'a wholly new phrase' };
    const answers = await concurrently(50, () =>
      wire.send('POST', '/auth/reset-password', { body, headers: from('192.0.2.5') }),
    );
    expect(statuses(answers)).toEqual({ 400: 3, 429: 47 });
  });

  it('five failed registrations in fifteen minutes', async () => {
    const register = (email: string) =>
      wire.send('POST', '/auth/register', {
        body: { name: 'Cat', email, password: PASSWORD },
        headers: from('192.0.2.6'),
      });
    expect((await register('cat@example.org')).status).toBe(201);
    expect(statuses(await concurrently(50, () => register('cat@example.org')))).toEqual({ 409: 5, 429: 45 });
  });

  it('600 calls a minute of one user, over any transport', async () => {
    const ann = await wider.app.person('Ann');
    const socket = await wider.connect({ auth: { token: ann.accessToken } });
    const answers = await Promise.all([
      concurrently(75, async () => (await wider.send('GET', '/users/me', { token: ann.accessToken })).status),
      concurrently(75, async () => ((await socket.emitWithAck('op', { name: 'users.me' })).ok ? 200 : 429)),
    ]);
    expect(countBy(answers.flat())).toEqual({ 200: 100, 429: 50 });
  });
});

describe('S30 the counted address', () => {
  it('is the one before the last trusted hop, whatever a forger adds before it', async () => {
    const answers: ExternalAnswer[] = [];
    for (let at = 0; at < 6; at += 1) {
      answers.push(await login(`n${at}@example.org`, 'wrong horse', `10.9.8.${at}, 1.2.3.${at}, 203.0.113.9`));
    }
    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 });
  });

  it('is a /64 of IPv6, in every notation', async () => {
    const ips = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::', '2001:0db8:0001:0002:1:2:3:4', '2001:db8:1:2:a::b'];
    const answers: ExternalAnswer[] = [];
    for (let at = 0; at < 6; at += 1) {
      answers.push(await login(`n${at}@example.org`, 'wrong horse', String(ips[at % ips.length])));
    }
    expect(statuses(answers)).toEqual({ 401: 5, 429: 1 });
    expect((await login('n@example.org', 'wrong horse', '2001:db8:1:3::1')).status).toBe(401);
  });
});
