import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from '../app.ts';

let server: TestApp;
let url: string;
let admin: Person;
let member: Person;

beforeAll(async () => {
  server = await testApp({ env: { QUEUE_BOARD: 'write' } });
  url = await server.listen();
  admin = await server.person('Ann');
  member = await server.person('Ben');
});
afterAll(() => server.close());

/** The session cookie of a browser. */
async function cookieOf({ email }: Person): Promise<string> {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: PASSWORD, transport: 'cookie' }),
  });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

const board = (path: string, headers: Record<string, string> = {}, method = 'GET', at = url) =>
  fetch(`${at}/admin/queues${path}`, { method, headers });

const sameOrigin = { 'sec-fetch-site': 'same-origin' };
const PAUSE = '/api/queues/atrium/pause';
const RESUME = '/api/queues/atrium/resume';

describe('S43 the board of the job queue', () => {
  it('requires an administrator, with a browser session or an access token', async () => {
    for (const path of ['', '/', '/api/queues', '/static/favicon.ico', '/queue/atrium']) {
      expect((await board(path)).status, path).toBe(401);
      expect((await board(path, { cookie: await cookieOf(member) })).status, path).toBe(403);
      expect((await board(path, { cookie: await cookieOf(admin) })).status, path).toBe(200);
    }
    const program = await admin.call('tokens.create', { name: 'script', scopes: ['read', 'write'] });
    expect((await board('', { authorization: `Bearer ${program.secret}` })).status).toBe(403);
  });

  it('renews the session of a browser whose access token has expired, and then opens', async () => {
    const all = (await cookieOf(admin)).split('; ');
    const refresh = all.find((cookie) => cookie.startsWith('atrium_refresh=')) ?? '';
    const visit = (path: string, cookie: string) =>
      fetch(`${url}${path}`, { headers: { accept: 'text/html,*/*', cookie }, redirect: 'manual' });
    // A browser sends the refresh cookie to the API only.
    const detour = await visit('/admin/queues', '');
    expect(detour.status).toBe(303);
    const back = await visit(String(detour.headers.get('location')), refresh);
    expect([back.status, back.headers.get('location')]).toEqual([303, '/admin/queues']);
    const [access = ''] = back.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    expect((await visit('/admin/queues', String(access))).status).toBe(200);
    expect((await visit(String(detour.headers.get('location')), '')).status).toBe(401);
    expect((await visit('/api/v1/auth/continue?to=//evil.example', refresh)).status).toBe(400);
  });

  it('shows the jobs', async () => {
    const answer = await board('/api/queues', { cookie: await cookieOf(admin) });
    expect(await answer.json()).toMatchObject({ queues: [{ name: 'atrium', readOnlyMode: false }] });
  });

  it('uses no other host, and allows none', async () => {
    const answer = await board('/', { cookie: await cookieOf(admin) });
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).not.toContain('http');
    const page = await answer.text();
    expect(page).toContain('<div id="root">');
    expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });

  it('refuses changes from other pages', async () => {
    const cookie = await cookieOf(admin);
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, {}]) {
      expect((await board(PAUSE, { cookie, ...headers }, 'PUT')).status).toBe(403);
    }
    expect(await paused()).toBe(false);
  });

  it('records each change in the audit log', async () => {
    const cookie = await cookieOf(admin);
    expect((await board(PAUSE, { cookie, ...sameOrigin }, 'PUT')).status).toBe(200);
    expect(await paused()).toBe(true);
    expect((await board(RESUME, { cookie, ...sameOrigin }, 'PUT')).status).toBe(200);
    expect((await board(PAUSE, { cookie: await cookieOf(member), ...sameOrigin }, 'PUT')).status).toBe(403);
    const { items } = await admin.call('audit.list', { kind: 'queue_changed' });
    expect(items.map(({ actor, details }) => [actor?.id, details])).toEqual([
      [admin.userId, { method: 'PUT', path: RESUME }],
      [admin.userId, { method: 'PUT', path: PAUSE }],
    ]);
  });
});

async function paused(): Promise<boolean> {
  const answer = await board('/api/queues', { cookie: await cookieOf(admin) });
  const { queues } = (await answer.json()) as { queues: { isPaused: boolean }[] };
  return queues[0]?.isPaused ?? false;
}

it('S43 is read-only unless configured otherwise', async () => {
  const reading = await testApp();
  try {
    const address = await reading.listen();
    const { accessToken } = await reading.person('Ann');
    const headers = { authorization: `Bearer ${accessToken}` };
    const changes = {
      PUT: [PAUSE, '/api/queues/pause'],
      POST: ['/api/queues/atrium/add'],
    };
    for (const [method, paths] of Object.entries(changes)) {
      for (const path of paths) expect((await board(path, headers, method, address)).status, path).toBe(405);
    }
    expect((await board('/api/queues', headers, 'GET', address)).status).toBe(200);
  } finally {
    await reading.close();
  }
});
