import { afterEach, describe, expect, it } from 'vitest';
import { me } from '../../test/fixtures.ts';
import { type Answer, type HttpTestServer, httpTestServer, problemOf, type Seen } from '../../test/http-server.ts';
import { createClient } from '../client.ts';
import type { ClientOptions } from '../options.ts';
import type { Tokens } from '../session.ts';

const servers: HttpTestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function setup(
  answer: (seen: Seen, count: number) => Answer | Promise<Answer>,
  options: Partial<ClientOptions> = {},
) {
  let count = 0;
  const server = await httpTestServer((seen) => answer(seen, ++count));
  servers.push(server);
  const client = createClient({ url: `${server.url}/`, random: () => 0.01, ...options });
  return { client, server, keys: () => server.seen.map(({ headers }) => headers['idempotency-key']) };
}

const workspace = { name: 'Garden' };

describe('REST calls', () => {
  it('contain the token, and a separate key for each command', async () => {
    const { client, keys, server } = await setup(() => ({ body: me }), { token: 'abc' });
    expect(await client.api.users.me({})).toEqual(me);
    await client.api.workspaces.create(workspace);
    await client.api.workspaces.create(workspace);
    await client.api.workspaces.create(workspace, { key: 'mine' });
    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(Array(4).fill('Bearer abc'));
    expect(server.seen[1]).toMatchObject({ method: 'POST', url: '/api/v1/workspaces', body: workspace });
    expect(keys()[0]).toBeUndefined();
    expect(keys()[1]).not.toBe(keys()[2]);
    expect(keys()[3]).toBe('mine');
  });

  it('are retried with the same key when the connection breaks or the server is not ready', async () => {
    const answers: Answer[] = [
      'cut',
      problemOf('unavailable', { retryAfterMs: 5 }),
      { status: 502, body: '<html>Bad gateway</html>' },
      { status: 201, body: { id: 'x' } },
    ];
    const { client, keys } = await setup((_, count) => answers[count - 1] ?? 'cut');
    expect(await client.api.workspaces.create(workspace)).toEqual({ id: 'x' });
    expect(keys()).toHaveLength(4);
    expect(new Set(keys()).size).toBe(1);
  });

  it('fail after some attempts, with the last error', async () => {
    const { client, server } = await setup(() => problemOf('unavailable', { retryAfterMs: 1 }), { tries: 3 });
    await expect(client.api.users.me({})).rejects.toMatchObject({ code: 'unavailable', status: 503 });
    expect(server.seen).toHaveLength(3);
    await server.close();
    await expect(client.api.users.me({})).rejects.toMatchObject({ name: 'AtriumError', code: 'network', status: 0 });
  });

  it('are not retried if that could do it twice, if the server refuses, or if it requires a long wait', async () => {
    const { client, server } = await setup((_, count) => {
      if (count === 1) return 'cut';
      if (count === 2) return problemOf('not_found');
      return { ...(problemOf('unavailable') as object), headers: { 'retry-after': '60' } };
    });
    const account = { name: 'Ann', email: 'ann@example.org', password: 'correct horse' };
    await expect(client.api.auth.register(account)).rejects.toMatchObject({ code: 'network' });
    await expect(client.api.users.me({})).rejects.toMatchObject({ code: 'not_found' });
    await expect(client.api.users.me({})).rejects.toMatchObject({ problem: { retryAfterMs: 60_000 } });
    expect(server.seen).toHaveLength(3);
  });

  it('end with their signal, and after a timeout', async () => {
    const { client } = await setup(() => new Promise(() => undefined), { tries: 1 });
    const stop = new AbortController();
    const aborted = client.api.users.me({}, { signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    await expect(client.api.users.me({}, { timeoutMs: 30 })).rejects.toMatchObject({ code: 'network' });
  });
});

describe('renewing the session', () => {
  const fresh = { accessToken: 'new', refreshToken: 'r2', expiresIn: 900 };

  it('happens once for all calls that find the token expired', async () => {
    const kept: (Tokens | undefined)[] = [];
    const { client, server } = await setup(
      async ({ headers, url }) => {
        if (url.endsWith('/auth/refresh')) {
          await new Promise((resolve) => setTimeout(resolve, 30));
          return { body: fresh };
        }
        return headers.authorization === 'Bearer new' ? { body: me } : problemOf('token_expired');
      },
      { tokens: { accessToken: 'old', refreshToken: 'r1' }, onTokens: (tokens) => kept.push(tokens) },
    );
    await Promise.all(Array.from({ length: 5 }, () => client.api.users.me({})));
    const renewals = server.seen.filter(({ url }) => url.endsWith('/auth/refresh'));
    expect(renewals.map(({ body }) => body)).toEqual([{ refreshToken: 'r1' }]);
    expect(kept).toEqual([{ accessToken: 'new', refreshToken: 'r2' }]);
    expect(client.tokens).toEqual(kept[0]);
  });

  it('signs out if it is refused, but not if it is not answered', async () => {
    let refusal: Answer = 'cut';
    const { client } = await setup(
      ({ url }) => (url.endsWith('/auth/refresh') ? refusal : problemOf('token_expired')),
      { tokens: { accessToken: 'old', refreshToken: 'r1' }, tries: 1 },
    );
    await expect(client.api.users.me({})).rejects.toMatchObject({ code: 'network' });
    expect(client.tokens?.refreshToken).toBe('r1');
    refusal = problemOf('invalid_token');
    await expect(client.api.users.me({})).rejects.toMatchObject({ code: 'invalid_token' });
    expect(client.tokens).toBeUndefined();
  });

  it('is not attempted without credentials to renew', async () => {
    const { client, server } = await setup(() => problemOf('token_expired'), { token: () => 'old' });
    await expect(client.api.users.me({})).rejects.toMatchObject({ code: 'token_expired' });
    expect(server.seen).toHaveLength(1);
  });
});
