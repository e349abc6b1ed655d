import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestApp, testApp } from '../../../../test/app.ts';
import { Browser } from './test/browser.ts';

/** How the two routes handle arbitrary input. No provider is called. */
let app: TestApp;
let api: string;
beforeAll(async () => {
  app = await testApp({
    env: { APP_URL: 'https://atrium.example', GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 'secret-of-google' },
  });
  api = `${(await app.listen()).replace(/\/$/, '')}/api/v1`;
});
afterAll(() => app.close());

it('offers Google if it is configured, and nothing else', async () => {
  expect((await app.call('auth.providers', {})).items).toEqual([
    { id: 'google', name: 'Google', path: '/api/v1/auth/oidc/google' },
  ]);
  expect(await new Browser().get(`${api}/auth/oidc/sso`)).toMatchObject({ status: 404 });
});

describe('the callback', () => {
  it.each([
    '',
    '?',
    '?code=a&state=b',
    '?error=access_denied&state=b',
    '?state=a&state=b&code=c&code=d',
    '?%00=%ff&code=%ED%A0%80',
    `?code=${'c'.repeat(12_000)}`,
    '?__proto__=1&constructor=2',
    '?error=<script>alert(1)</script>&error_description=<b>',
  ])('with %j but without having gone is an error of ours, on our own page', async (search) => {
    const { status, location } = await new Browser().get(`${api}/auth/oidc/google/callback${search}`);
    expect(status).toBe(303);
    expect(location?.href).toBe('https://atrium.example/login?error=google_auth_failed');
  });

  it.each(['x', '%00', 'a.b.c', 'A'.repeat(4_000), '"quoted"', '__proto__'])(
    'with the cookie %j as well',
    async (value) => {
      const browser = new Browser();
      browser.set('127.0.0.1', '__Host-atrium_redirect', value);
      const { location } = await browser.get(`${api}/auth/oidc/google/callback?code=a&state=b`);
      expect(location?.search).toBe('?error=google_auth_failed');
    },
  );

  it('is refused when it is too long', async () => {
    const browser = new Browser();
    browser.set('127.0.0.1', '__Host-atrium_redirect', 'A'.repeat(5_000));
    expect(await browser.get(`${api}/auth/oidc/google/callback`)).toMatchObject({ status: 400 });
  });

  it('deletes the cookie, which under https no neighbouring host could have set', async () => {
    const response = await fetch(`${api}/auth/oidc/google/callback`, { redirect: 'manual' });
    expect(response.headers.getSetCookie()).toEqual([
      '__Host-atrium_redirect=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    ]);
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });
});

it.each(['POST', 'PUT', 'DELETE', 'HEAD'])('does not accept %s', async (method) => {
  for (const path of ['/auth/oidc/google', '/auth/oidc/google/callback']) {
    expect((await fetch(api + path, { method, redirect: 'manual' })).status).toBe(405);
  }
});

it.each(['?unknown=1', '?remember=perhaps', '?returnTo=/a&returnTo=/b', `?link=${'x'.repeat(5_000)}`])(
  'does not accept %s',
  async (search) => {
    const { status, body } = await new Browser().get(`${api}/auth/oidc/google${search}`);
    expect(status).toBe(400);
    expect(JSON.parse(body)).toMatchObject({ code: 'invalid_input' });
  },
);

it('is limited by address', async () => {
  const limited = await testApp({ env: { LIMIT_PUBLIC: '3/60', GOOGLE_CLIENT_ID: 'a', GOOGLE_CLIENT_SECRET: 'b' } });
  try {
    const url = `${(await limited.listen()).replace(/\/$/, '')}/api/v1/auth/oidc/google/callback`;
    const statuses: number[] = [];
    for (let at = 0; at < 5; at += 1) statuses.push((await new Browser().get(url)).status);
    expect(statuses).toEqual([303, 303, 303, 429, 429]);
  } finally {
    await limited.close();
  }
});
