import { request } from 'node:http';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from './app.ts';

let app: TestApp;
let url: string;
let ann: Person;
beforeAll(async () => {
  app = await testApp({ env: { ALLOWED_ORIGINS: 'https://good.example' } });
  url = (await app.listen()).replace(/\/$/, '');
  ann = await app.person('Ann');
});
afterAll(() => app.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers });

const POLICY =
  "default-src 'self';base-uri 'none';connect-src 'self';font-src 'self';form-action 'self';" +
  "frame-ancestors 'none';img-src 'self' data: blob:;object-src 'none';script-src 'self';style-src 'self'";

/** Headers of every answer. */
const ALWAYS = {
  // No effect without access-control-allow-origin, which only listed origins get.
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers':
    'ratelimit-limit, ratelimit-remaining, ratelimit-reset, retry-after, idempotency-replayed',
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-frame-options': 'DENY',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
};

/** The status of a request that offers to upgrade to another protocol. */
function offering(upgrade: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(url + path, { headers: { connection: 'Upgrade', upgrade } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .once('error', reject)
      .end();
  });
}

it.each([
  { upgrade: 'h2c', path: '/health/live', status: 200 },
  { upgrade: 'websocket', path: '/health/live', status: 200 },
  { upgrade: 'websocket', path: '/nowhere', status: 404 },
])('answers $path as ever when $upgrade is offered with it', async ({ upgrade, path, status }) => {
  expect(await offering(upgrade, path)).toBe(status);
});

it.each(['utf-16', 'iso-8859-1'])('does not accept JSON in %s', async (charset) => {
  const headers = { 'content-type': `application/json; charset=${charset}` };
  const answer = await fetch(`${url}/api/v1/auth/login`, { method: 'POST', headers, body: '{}' });
  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({ code: 'unsupported_media_type' });
});

it('does not accept compressed JSON, and names the encoding', async () => {
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  const answer = await fetch(`${url}/api/v1/auth/login`, { method: 'POST', headers, body: gzipSync('{}') });
  expect(answer.status).toBe(415);
  expect(await answer.json()).toMatchObject({
    code: 'unsupported_media_type',
    detail: expect.stringContaining('gzip'),
  });
});

/** The answer to a request that clients would not send. */
function answerTo(head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(head));
    let answer = '';
    socket.on('data', (data) => {
      answer += String(data);
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

it.each([
  ['two Host headers', 'Host: a.example\r\nHost: b.example', 400],
  ['no Host header', 'X-Other: 1', 400],
  ['a header that is too large', `Host: localhost\r\nX-Large: ${'a'.repeat(100_000)}`, 431],
])('refuses %s, and closes the connection', async (_what, header, status) => {
  expect(await answerTo(`GET /health/live HTTP/1.1\r\nConnection: close\r\n${header}\r\n\r\n`)).toMatch(
    new RegExp(`^HTTP/1\\.1 ${status} `),
  );
});

/** Headers that depend on this answer. */
const OWN = new Set([
  ...['connection', 'content-encoding', 'content-length', 'content-type', 'date', 'etag', 'keep-alive'],
  ...[
    'ratelimit-limit',
    'ratelimit-remaining',
    'ratelimit-reset',
    'retry-after',
    'transfer-encoding',
    'vary',
    'x-request-id',
  ],
]);

function said(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => !OWN.has(name)));
}

describe('headers', () => {
  const noStore = { 'cache-control': 'no-store' };

  it.each([
    ['an answer of the API', '/api/v1/users/me', 200, noStore],
    ['a refusal', '/api/v1/conversations?limit=0', 400, noStore],
    ['an unknown address of the API', '/api/v1/nowhere', 404, noStore],
    ['an unknown page', '/nowhere', 404, {}],
    ['health', '/health/ready', 200, {}],
  ])('of %s are these and no others', async (_what, path, status, own) => {
    const response = await get(path, { authorization: `Bearer ${ann.accessToken}` });
    expect(response.status).toBe(status);
    expect(said(response)).toEqual({ ...ALWAYS, ...own });
  });

  it('of an undecodable path keep browsers from guessing the type', async () => {
    const response = await get('/%zz');
    expect(response.status).toBe(400);
    expect(said(response)).toEqual({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  it('identify every request, but not the server software', async () => {
    const [one, two] = [await get('/api/v1/users/me'), await get('/api/v1/users/me')];
    const ids = [one, two].map((response) => response.headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(2);
    expect(await one.json()).toMatchObject({ code: 'unauthenticated', requestId: ids[0] });
    for (const name of ['server', 'x-powered-by', 'strict-transport-security'])
      expect(one.headers.get(name)).toBeNull();
  });

  it('require https if the server has https, and only then', async () => {
    const secure = await testApp({ env: { APP_URL: 'https://atrium.example' } });
    try {
      const answer = await fetch(`${await secure.listen()}/health/live`);
      expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
    } finally {
      await secure.close();
    }
  });
});

describe('an unsupported method', () => {
  it.each([
    ['GET', '/api/v1/auth/login', 'POST'],
    ['PUT', '/api/v1/users/me', 'DELETE, GET, HEAD, PATCH'],
    ['DELETE', '/api/v1/workspaces/0190d3a4-0000-7000-8000-000000000000/members', 'GET, HEAD'],
    ['GET', '/api/v1/hooks/incoming/a/b', 'POST'],
    ['POST', '/docs', 'GET, HEAD'],
    ['PATCH', '/health/live', 'GET, HEAD'],
  ])('%s %s is told apart from an address that is not there', async (method, path, allow) => {
    const response = await fetch(url + path, { method });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe(allow);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ status: 405, code: 'method_not_allowed' });
  });

  it.each(['/api/v1/nowhere', '/api/v1/users/me/', '/api/v1'])(
    'nothing is at %s, whatever the method',
    async (path) => {
      const response = await fetch(url + path, { method: 'PUT' });
      expect({ status: response.status, allow: response.headers.get('allow') }).toEqual({ status: 404, allow: null });
    },
  );
});

it('uses the assigned port in mails', async () => {
  const { port } = new URL(url);
  expect(Number(port)).toBeGreaterThan(0);
  await app.call('auth.forgotPassword', { email: ann.email });
  await expect.poll(() => app.mails.join()).toContain(`http://localhost:${port}/reset-password`);
});

describe('pages', () => {
  it.each(['/', '/docs', '/docs/first-steps', '/docs/live', '/mailbox'])(
    '%s has a policy of its own, without inline scripts',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(policy).not.toMatch(/script-src[^;]*unsafe/);
      const html = await response.text();
      expect(html).toMatch(/^<!doctype html>/i);
      expect(html).toMatch(/<html lang="en"/);
      expect(html).toMatch(/name="viewport"/);
      expect(html).not.toMatch(/<script>|\son\w+=|style="|https?:\/\/(?!localhost|127)[^"']*\.(js|css|woff)/);
    },
  );

  it('the first-steps page links to everything', async () => {
    const html = await (await get('/docs/first-steps')).text();
    for (const [, path = ''] of html.matchAll(/href="(\/[^"]*)"/g)) expect((await get(path)).status, path).toBe(200);
    expect(html.match(/<h1>/g)).toHaveLength(1);
  });

  it.each(['/docs', '/docs/live', '/mailbox'])('%s is found with a trailing slash as well', async (path) => {
    const response = await get(`${path}/`);
    expect({ status: response.status, url: response.url }).toEqual({ status: 200, url: url + path });
  });

  it.each([
    ['/favicon.svg', 'image/svg+xml'],
    ['/favicon.ico', 'image/x-icon'],
    ['/assets/page.css', 'text/css; charset=utf-8'],
  ])('%s is there', async (path, type) => {
    const response = await get(path);
    expect({ status: response.status, type: response.headers.get('content-type') }).toEqual({ status: 200, type });
  });

  it('the first-steps page needs no horizontal scrolling, and has working links', async () => {
    const html = await (await get('/docs/first-steps')).text();
    expect(await (await get('/assets/first-steps.css')).text()).toMatch(/pre \{[^}]*white-space: pre-wrap/);
    const [, email = '', password = ''] = /"email":"([^"]+)","password":"([^"]+)"/.exec(
      html.replaceAll('&quot;', '"'),
    ) ?? ['', '', ''];
    const account = { name: 'Eva', email, password };
    expect(await app.call('auth.register', account)).toMatchObject({ email });
  });

  it('the documents of the contract are served', async () => {
    expect(await (await get('/openapi.json')).json()).toMatchObject({ openapi: '3.1.0' });
    expect(await (await get('/asyncapi.json')).json()).toMatchObject({ asyncapi: expect.stringMatching(/^3\./) });
  });
});

describe('the mailbox', () => {
  const ask = (url: string, headers: Record<string, string> = {}, remoteAddress = '127.0.0.1') =>
    app.app.http.inject({ url, remoteAddress, headers: { host: 'localhost', ...headers } });
  const cookie = async () => {
    const answer = await ask(app.app.mailboxPath ?? '');
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/mailbox']);
    return String(answer.headers['set-cookie']).split(';')[0] ?? '';
  };

  it('shows mails to callers with the token from the terminal, and to nobody else', async () => {
    await app.call('auth.forgotPassword', { email: ann.email });
    await expect.poll(() => app.mails.join()).toContain('/reset-password');
    expect((await ask('/mailbox', { cookie: await cookie() })).body).toContain('/reset-password');
    const still = (await ask('/mailbox?still', { cookie: await cookie() })).body;
    expect(still).toContain('/reset-password');
    expect(still).not.toContain('http-equiv="refresh"');
    for (const [url, headers] of [
      ['/mailbox', {}],
      ['/mailbox?token=wrong', {}],
      ['/mailbox', { cookie: 'atrium_mailbox=wrong' }],
      ['/mailbox', { cookie: 'atrium_mailbox=' }],
    ] as const) {
      const answer = await ask(url, headers);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).not.toContain('/reset-password');
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it.each([
    [{ host: 'evil.example' }, 404],
    [{ host: 'localhost.evil.example:3000' }, 404],
    [{ 'x-forwarded-for': '127.0.0.1' }, 404],
    [{ forwarded: 'for=127.0.0.1' }, 404],
    [{ host: 'LOCALHOST:3000' }, 200],
    [{ host: '[::1]:3000' }, 200],
    [{}, 200],
  ])('asked for with %j answers %i', async (headers, status) => {
    expect((await ask('/mailbox', { cookie: await cookie(), ...headers })).statusCode).toBe(status);
  });

  it('is available on this machine only', async () => {
    expect((await ask('/mailbox', { cookie: await cookie() }, '10.1.2.3')).statusCode).toBe(404);
  });

  it('does not exist if APP_URL is not this machine, also behind a proxy without headers', async () => {
    const away = await testApp({ env: { APP_URL: 'https://atrium.example.org' } });
    try {
      expect(away.app.mailboxPath).toBeUndefined();
      const answer = await away.app.http.inject({ url: '/mailbox', headers: { host: 'localhost' } });
      expect(answer.statusCode).toBe(404);
      expect((await away.call('instance.get', {})).hasMailbox).toBe(false);
    } finally {
      await away.close();
    }
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    fetch(`${url}/api/v1/workspaces`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
    });

  it('may call the API if they are listed', async () => {
    const response = await preflight('https://good.example');
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://good.example');
    expect(response.headers.get('access-control-allow-credentials')).toBe('true');
    expect(response.headers.get('access-control-max-age')).toBe('600');
    expect(response.headers.get('vary')).toMatch(/Origin/);
  });

  it.each([
    'https://evil.example',
    'null',
    'https://good.example.evil.example',
    'https://sub.good.example',
    'http://good.example',
  ])('%s may not', async (origin) => {
    for (const response of [await preflight(origin), await get('/api/v1/users/me', { origin })]) {
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect(response.headers.get('vary')).toMatch(/Origin/);
    }
  });
});

it.each([{}, { origin: 'https://evil.example' }])('OPTIONS is answered for every caller: %j', async (headers) => {
  const response = await fetch(`${url}/api/v1/workspaces`, { method: 'OPTIONS', headers });
  expect(response.status).toBe(204);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
});

describe('a browser with cookies', () => {
  async function cookies(): Promise<string> {
    const response = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ann.email, password: PASSWORD, transport: 'cookie' }),
    });
    return response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
  }

  const write = (headers: Record<string, string>) =>
    fetch(`${url}/api/v1/workspaces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ name: 'Team' }),
    });

  it('may write from our own and listed pages, and from nowhere else', async () => {
    const cookie = await cookies();
    expect((await write({ cookie, origin: url })).status).toBe(201);
    expect((await write({ cookie, origin: 'https://good.example' })).status).toBe(201);
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const response = await write({ cookie, ...headers } as Record<string, string>);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'origin_refused' });
    }
    const form = await fetch(`${url}/api/v1/workspaces`, {
      method: 'POST',
      headers: { cookie, origin: url },
      body: 'name=x',
    });
    expect(form.status).toBe(415);
    const override = await get('/api/v1/workspaces?_method=POST', { cookie, 'x-http-method-override': 'POST' });
    expect(override.status).toBe(400);
  });

  it('gets no cookie from a request that was rolled back', async () => {
    const response = await fetch(`${url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: ann.email, password: 'wrong wrong wrong', transport: 'cookie' }),
    });
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
  });
});
