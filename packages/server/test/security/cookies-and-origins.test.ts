import { isCommand, operations } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person } from '../app.ts';
import { cookieOf, startExternalApp, type Wire } from './external-app.ts';

let wire: Wire;
let ann: Person;
beforeAll(async () => {
  wire = await startExternalApp({
    env: { APP_URL: 'https://atrium.example', ALLOWED_ORIGINS: 'https://good.example' },
  });
  ann = await wire.app.person('Ann');
});
afterAll(() => wire.close());

const login = (remember = false) =>
  wire.send('POST', '/auth/login', { body: { email: ann.email, password: PASSWORD, transport: 'cookie', remember } });
const jar = async () => cookieOf((await login()).jar);
const counts = async () =>
  (
    await wire.app.database.pool.query(
      `select (select count(*) from workspace) as workspaces, (select count(*) from session where revoked_at is null) as
       sessions, (select max(seq) from event) as events, (select count(*) from audit_log) as audit`,
    )
  ).rows[0];

it('S20 cookies have exactly these flags under https, and scripts cannot read them', async () => {
  const { headers, body } = await login();
  expect(body).not.toHaveProperty('accessToken');
  expect(body).not.toHaveProperty('refreshToken');
  expect(headers.getSetCookie()).toEqual([
    expect.stringMatching(/^__Host-atrium_access=[\w.-]+; Max-Age=900; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    expect.stringMatching(
      /^__Secure-atrium_refresh=[\w-]+; Max-Age=604800; Path=\/api\/v1; HttpOnly; Secure; SameSite=Lax$/,
    ),
  ]);
  expect((await login(true)).headers.getSetCookie()[1]).toContain('; Max-Age=2592000;');
  const cookie = await jar();
  const out = await wire.send('POST', '/auth/logout', {
    headers: { cookie, origin: 'https://good.example' },
    body: {},
  });
  expect(out.headers.getSetCookie()).toEqual([
    '__Host-atrium_access=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
    '__Secure-atrium_refresh=; Max-Age=0; Path=/api/v1; HttpOnly; Secure; SameSite=Lax',
  ]);
  expect((await wire.send('GET', '/users/me', { headers: { cookie } })).status).toBe(401);
});

describe("S21 a write with a user's cookies", () => {
  const foreign: [string, Record<string, string>][] = [
    ['another site', { origin: 'https://evil.example' }],
    ['a look-alike', { origin: 'https://good.example.evil.example' }],
    ['a sandbox', { origin: 'null' }],
    ['another site, as the browser says', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbour', { 'sec-fetch-site': 'same-site' }],
    ['a typed address', { 'sec-fetch-site': 'none' }],
    ['nowhere', {}],
  ];

  it.each(foreign)('from %s is refused by every command, and has no effect', async (_name, headers) => {
    const cookie = await jar();
    const before = await counts();
    const commands = operations.filter(isCommand);
    expect(commands.length).toBeGreaterThan(20);
    for (const { method, path } of commands) {
      const route = path.replace(/:\w+/g, ann.userId);
      const body = method === 'DELETE' ? {} : { body: {} };
      const answer = await wire.send(method, route, { ...body, headers: { ...headers, cookie } });
      expect({ path, status: answer.status, code: answer.body.code }).toEqual({
        path,
        status: 403,
        code: 'origin_refused',
      });
    }
    expect(await counts()).toEqual(before);
  });

  it('is accepted from our own pages', async () => {
    const headers = { cookie: await jar(), 'sec-fetch-site': 'same-origin' };
    expect((await wire.send('POST', '/workspaces', { body: { name: 'Team' }, headers })).status).toBe(201);
  });

  it.each(['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', undefined])(
    'as %s is refused, which is all that a form can send',
    async (type) => {
      const headers = {
        cookie: await jar(),
        origin: wire.origin,
        ...(type === undefined ? {} : { 'content-type': type }),
      };
      const before = await counts();
      const response = await fetch(`${wire.origin}/api/v1/workspaces`, {
        method: 'POST',
        headers,
        body: new TextEncoder().encode('{"name":"Team"}'),
      });
      expect(response.status).toBe(415);
      expect(await counts()).toEqual(before);
    },
  );

  it('cannot be made by a GET', async () => {
    const cookie = await jar();
    const before = await counts();
    for (const { path } of operations.filter(isCommand)) {
      const route = path.replace(/:\w+/g, ann.userId);
      const headers = { cookie, 'x-http-method-override': 'POST', 'x-method-override': 'DELETE' };
      await wire.send('GET', `${route}?_method=POST&name=Team`, { headers });
    }
    for (const { path } of operations.filter(({ method }) => method === 'GET')) {
      await wire.send('GET', path.replace(/:\w+/g, ann.userId), { headers: { cookie } });
    }
    expect(await counts()).toEqual(before);
  });
});

describe('S23 what pages of other sites can read', () => {
  it.each([
    'https://evil.example',
    'null',
    'https://good.example.evil.example',
    'https://sub.good.example',
    'https://good.example:444',
    'http://good.example',
  ])('%s: nothing, also when it asks first, and no cache mixes it up', async (origin) => {
    const cookie = await jar();
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await wire.send(method, '/users/me', {
        headers: { origin, cookie, 'access-control-request-method': 'GET' },
      });
      expect(headers.get('access-control-allow-origin')).toBeNull();
      expect(headers.get('vary')).toMatch(/\bOrigin\b/i);
    }
  });

  it('a listed site: what its user may read, and the preflight is cached for ten minutes', async () => {
    const headers = { origin: 'https://good.example', cookie: await jar() };
    const answer = await wire.send('GET', '/users/me', { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://good.example');
    expect(answer.headers.get('vary')).toMatch(/\bOrigin\b/i);
    const asked = await wire.send('OPTIONS', '/users/me', {
      headers: { origin: 'https://good.example', 'access-control-request-method': 'PATCH' },
    });
    expect(asked.headers.get('access-control-max-age')).toBe('600');
  });
});
