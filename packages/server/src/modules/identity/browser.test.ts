import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type TestApp, testApp } from '../../../test/app.ts';

/** Cookies and tokens as a browser and a plain HTTP client see them: the whole server, over a real connection. */
let app: TestApp;
let origin: string;
beforeAll(async () => {
  app = await testApp();
  origin = (await app.listen()).replace(/\/$/, '');
});
afterAll(() => app.close());

async function http(method: string, path: string, options: { body?: object; headers?: Record<string, string> } = {}) {
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: { ...(options.body ? { 'content-type': 'application/json' } : {}), ...options.headers },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  });
  const cookies = response.headers.getSetCookie();
  return { status: response.status, body: await response.json(), cookies, jar: jarOf(cookies) };
}

/** `name=value` of each cookie, by name. */
function jarOf(cookies: string[]): Record<string, string> {
  return Object.fromEntries(cookies.map((cookie) => (cookie.split(';')[0] ?? '').split('=') as [string, string]));
}

const cookieHeader = (jar: Record<string, string>) =>
  Object.entries(jar)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ');

async function browserOf(name: string, remember = false) {
  const { email, me } = await app.person(name);
  const body = { email, password: PASSWORD, transport: 'cookie', remember };
  return { me, ...(await http('POST', '/auth/login', { body })) };
}

describe('a browser', () => {
  it('gets both tokens as cookies that no script can read, and none in the body', async () => {
    const { status, body, cookies, me } = await browserOf('Ann');
    expect(status).toBe(200);
    expect(body).toEqual({ user: me, expiresIn: 900 });
    expect(cookies).toHaveLength(2);
    for (const cookie of cookies) {
      expect(cookie).toMatch(/; HttpOnly/i);
      expect(cookie).toMatch(/; SameSite=Lax/i);
    }
    expect(cookies[0]).toMatch(/^atrium_access=[^;]+;.*Max-Age=900/i);
    expect(cookies[1]).toMatch(/^atrium_refresh=[^;]+;.*Max-Age=604800/i);
    expect((await browserOf('Ann', true)).cookies[1]).toMatch(/Max-Age=2592000/i);
  });

  it('is identified by its cookies', async () => {
    const { jar, me } = await browserOf('Ann');
    expect(await http('GET', '/users/me', { headers: { cookie: cookieHeader(jar) } })).toMatchObject({
      status: 200,
      body: me,
      cookies: [],
    });
  });

  it('is renewed silently when its access cookie has expired, also by parallel requests', async () => {
    const { jar, me } = await browserOf('Ann');
    const headers = { cookie: cookieHeader({ atrium_refresh: jar.atrium_refresh ?? '' }) };
    const answers = await Promise.all(Array.from({ length: 6 }, () => http('GET', '/users/me', { headers })));
    for (const answer of answers) expect(answer).toMatchObject({ status: 200, body: me });
    const renewed = new Set(answers.map((answer) => answer.jar.atrium_refresh));
    expect(renewed.size).toBe(1);
    expect(renewed.has(jar.atrium_refresh)).toBe(false);
    const next = { cookie: cookieHeader(answers[3]?.jar ?? {}) };
    expect(await http('GET', '/users/me', { headers: next })).toMatchObject({ status: 200, cookies: [] });
  });

  it('is signed out, and its cookies are cleared, by its own sign-out', async () => {
    const { jar } = await browserOf('Ann');
    const headers = { cookie: cookieHeader(jar), origin };
    const answer = await http('POST', '/auth/logout', { body: {}, headers });
    expect(answer).toMatchObject({ status: 200, body: {} });
    expect(answer.cookies).toHaveLength(2);
    for (const cookie of answer.cookies) expect(cookie).toMatch(/^[^=]+=;.*Max-Age=0/i);
    expect(await http('GET', '/users/me', { headers })).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });
});

describe('an HTTP client', () => {
  it('registers and gets back only its own data', async () => {
    const body = { name: 'Bob', email: 'bob@example.org', password: PASSWORD };
    const answer = await http('POST', '/auth/register', { body });
    expect(answer.status).toBe(201);
    expect(answer.cookies).toEqual([]);
    expect(JSON.stringify(answer.body)).not.toMatch(/password|hash|argon/i);
    expect(await http('POST', '/auth/register', { body })).toMatchObject({
      status: 409,
      body: { code: 'email_taken' },
    });
  });

  it.each([
    ['nonsense', 'nonsense'],
    ['an unsigned token', `${btoa('{"alg":"none","typ":"at+jwt"}')}.${btoa('{"sub":"x"}')}.`],
  ])('is refused with %s', async (_name, token) => {
    const answer = await http('GET', '/users/me', { headers: { authorization: `Bearer ${token}` } });
    expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_token', status: 401 } });
  });

  it('does not accept one kind of token as another', async () => {
    const ann = await app.person('Ann');
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect(await http('GET', '/users/me', { headers: bearer(ann.refreshToken) })).toMatchObject({ status: 401 });
    const body = { refreshToken: ann.accessToken };
    expect(await http('POST', '/auth/refresh', { body })).toMatchObject({ status: 401 });
    expect(await http('GET', '/users/me', { headers: bearer(ann.accessToken) })).toMatchObject({ status: 200 });
  });

  it('sees only people with whom it shares a workspace', async () => {
    const [ann, bob] = [await app.person('Ann'), await app.person('Bob')];
    const { id, name, username, avatar, isBot } = ann.me;
    expect(await ann.call('users.get', { userId: ann.userId })).toEqual({ id, name, username, avatar, isBot });
    await expect(ann.call('users.get', { userId: bob.userId })).rejects.toMatchObject({ code: 'not_found' });
  });
});

it('is held to the limits of the contract', async () => {
  const limited = await testApp({ limits: true });
  try {
    const ann = await limited.person('Ann', { verified: false });
    await ann.call('auth.resendVerification', {});
    await expect(ann.call('auth.resendVerification', {})).rejects.toMatchObject({ code: 'rate_limited' });
    const wrong = { email: ann.email, password: 'wrong horse battery' };
    for (let at = 0; at < 5; at += 1) {
      await expect(limited.call('auth.login', wrong)).rejects.toMatchObject({ code: 'invalid_credentials' });
    }
    await expect(limited.call('auth.login', wrong)).rejects.toMatchObject({ code: 'rate_limited' });
    // A target cannot be locked out by somebody elsewhere.
    const right = { email: ann.email, password: PASSWORD };
    await expect(limited.call('auth.login', right, { ip: '198.51.100.7' })).resolves.toBeDefined();
  } finally {
    await limited.close();
  }
});
