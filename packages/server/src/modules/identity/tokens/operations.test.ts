import type { InputOf, tokens } from '@atrium/protocol';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { PASSWORD, type Person, type TestApp, testApp } from '../../../../test/app.ts';
import { recordSocket } from '../../../../test/socket.ts';
import { MAX_TOKENS } from './tokens.ts';

let app: TestApp;
let url: string;
let ann: Person;
beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
});
afterAll(() => app.close());
beforeEach(async () => {
  ann = await app.person('Ann');
});

type Wanted = Partial<InputOf<typeof tokens.create>>;
const make = (wanted: Wanted = {}, who = ann) =>
  who.call('tokens.create', { name: 'Script', scopes: ['read', 'write'], ...wanted });

/** One request with a token. */
async function ask(secret: string, method: string, path: string, body?: Record<string, unknown>) {
  const response = await fetch(new URL(`/api/v1${path}`, url), {
    method,
    headers: {
      authorization: `Bearer ${secret}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const query = (text: string, ...values: unknown[]) => app.database.pool.query(text, values);

describe('an API token', () => {
  it('is shown once, stored as a hash, and listed without its secret', async () => {
    const { secret, ...shown } = await make();
    expect(secret).toMatch(/^atr_[\w-]{43}$/);
    expect(shown).toMatchObject({
      name: 'Script',
      scopes: ['read', 'write'],
      lastUsedAt: null,
      prefix: secret.slice(0, 8),
    });
    expect((await ann.call('tokens.list', {})).items).toEqual([shown]);
    const { rows } = await query('select api_token::text as row from api_token');
    expect(JSON.stringify(rows)).not.toContain(secret.slice(8));
    const { rows: logged } = await query(
      "select * from audit_log where kind = 'api_token_created' and target_id = $1",
      ann.userId,
    );
    expect(logged).toMatchObject([{ actor_id: ann.userId, details: { name: 'Script', scopes: 'read write' } }]);
    expect(JSON.stringify(logged)).not.toContain(secret.slice(8));
  });

  it('can do over REST what its scopes permit, and nothing else', async () => {
    const { secret: reader } = await make({ scopes: ['read'] });
    const { secret: writer } = await make({ scopes: ['write'] });
    const missing = { status: 403, body: { code: 'scope_missing' } };
    expect(await ask(reader, 'GET', '/users/me')).toMatchObject({ status: 200, body: { id: ann.userId } });
    expect(await ask(reader, 'POST', '/workspaces', { name: 'Mine' })).toMatchObject(missing);
    expect(await ask(writer, 'POST', '/workspaces', { name: 'Mine' })).toMatchObject({ status: 201 });
    expect(await ask(writer, 'GET', '/users/me')).toMatchObject(missing);
    expect(await ask(writer, 'GET', '/admin/settings')).toMatchObject(missing);
  });

  it('needs the scope admin for admin operations, and never has more rights than its owner', async () => {
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { secret } = await make({ scopes: ['read', 'write'] });
    const { secret: admin } = await make({ scopes: ['admin'] });
    const path = `/workspaces/${workspaceId}/join-code`;
    expect(await ask(secret, 'GET', path)).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
    expect(await ask(admin, 'GET', path)).toMatchObject({ status: 200 });
    const ben = await app.person('Ben');
    const { secret: stranger } = await make({ scopes: ['admin'] }, ben);
    expect(await ask(stranger, 'GET', path)).toMatchObject({ status: 404 });
    expect(await ask(stranger, 'GET', '/admin/settings')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it.each([
    ['POST', '/users/me/tokens', { name: 'More', scopes: ['read'] }],
    ['GET', '/users/me/tokens', undefined],
    ['POST', '/auth/change-password', { current: PASSWORD, password: 'a wholly new phrase' }],
    ['POST', '/auth/2fa/enable', {}],
    ['GET', '/auth/sessions', undefined],
    ['POST', '/auth/logout-all', {}],
    ['DELETE', '/users/me', { password: PASSWORD }],
  ])('can never %s %s', async (method, path, body) => {
    const { secret } = await make({ scopes: ['read', 'write', 'admin'] });
    expect(await ask(secret, method, path, body)).toMatchObject({ status: 403, body: { code: 'scope_missing' } });
  });

  it('opens a connection, which closes when the token is revoked, as the only one', async () => {
    const [first, second] = [await make(), await make()];
    const taps = await Promise.all([first, second].map(({ secret }) => recordSocket(url, secret)));
    expect(await taps[0]!.call('users.me', {})).toMatchObject({ ok: true, data: { id: ann.userId } });
    expect(await taps[0]!.call('tokens.list', {})).toMatchObject({ ok: false, error: { code: 'scope_missing' } });
    await ann.call('tokens.revoke', { tokenId: first.id });
    await vi.waitFor(() => expect(taps.map(({ connected }) => connected)).toEqual([false, true]));
    await expect(recordSocket(url, first.secret)).rejects.toMatchObject({ problem: { code: 'invalid_token' } });
    expect(await ask(first.secret, 'GET', '/users/me')).toMatchObject({ status: 401 });
    taps[1]!.close();
  });

  it('cannot open a connection without the scope read', async () => {
    const { secret } = await make({ scopes: ['write'] });
    await expect(recordSocket(url, secret)).rejects.toMatchObject({ problem: { code: 'scope_missing' } });
  });

  it('ends when it expires, and with the account', async () => {
    const { id, secret } = await make({ expiresInDays: 1 });
    await query(
      "update api_token set created_at = now() - interval '2 days', expires_at = now() - interval '1 day' where id = $1",
      id,
    );
    expect(await ask(secret, 'GET', '/users/me')).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
    expect((await ann.call('tokens.list', {})).items).toEqual([]);
    const { secret: other } = await make();
    await query('update account set disabled_at = now() where id = $1', ann.userId);
    expect(await ask(other, 'GET', '/users/me')).toMatchObject({ status: 401 });
  });

  it('records its last use, to the minute', async () => {
    const { id, secret } = await make();
    await ask(secret, 'GET', '/users/me');
    const used = async () => (await ann.call('tokens.list', {})).items.find((token) => token.id === id)?.lastUsedAt;
    const first = await used();
    expect(first).not.toBeNull();
    await ask(secret, 'GET', '/users/me');
    expect(await used()).toBe(first);
  });

  it('ends, with its connections, when the password is reset by a mailed link', async () => {
    const { secret } = await make();
    const tap = await recordSocket(url, secret);
    const token = 'x'.repeat(43);
    await query(
      `insert into account_link (account_id, purpose, token_hash, created_at, expires_at)
       values ($1, 'reset_password', sha256($2::text::bytea), now(), now() + interval '1 hour')`,
      ann.userId,
      token,
    );
    await app.call('auth.resetPassword', { token, password: 'a wholly new phrase' });
    await vi.waitFor(() => expect(tap.connected).toBe(false));
    expect(await ask(secret, 'GET', '/users/me')).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });

  it('cannot be revoked by anyone else', async () => {
    const { id, secret } = await make();
    const ben = await app.person('Ben');
    await expect(ben.call('tokens.revoke', { tokenId: id })).rejects.toMatchObject({ code: 'not_found' });
    expect(await ask(secret, 'GET', '/users/me')).toMatchObject({ status: 200 });
  });

  it('can be created only with a proof of identity', async () => {
    await query("update session set created_at = now() - interval '1 hour' where account_id = $1", ann.userId);
    await expect(make()).rejects.toMatchObject({ code: 'reauthentication_required' });
    await expect(make({ password: 'wrong' })).rejects.toMatchObject({ code: 'password_wrong' });
    expect(await make({ password: PASSWORD })).toMatchObject({ name: 'Script' });
  });

  it(`is one of at most ${MAX_TOKENS}, however many are created at once`, async () => {
    const { id } = await make();
    await query(
      `insert into api_token (id, account_id, name, prefix, token_hash, scopes, created_by, created_at, expires_at)
       select gen_random_uuid(), account_id, name, prefix, sha256(n::text::bytea), scopes, created_by, created_at, expires_at
       from api_token, generate_series(1, $2::int) n where id = $1`,
      id,
      MAX_TOKENS - 6,
    );
    const made = await Promise.allSettled(Array.from({ length: 10 }, () => make()));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    expect(made.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))).toEqual(
      Array.from({ length: 5 }, () => 'conflict'),
    );
  });

  it.each(['atr_', 'atr_unknown', `atr_${'x'.repeat(4_000)}`])('that nobody made (%s) is refused', async (secret) => {
    expect(await ask(secret, 'GET', '/users/me')).toMatchObject({ status: 401, body: { code: 'invalid_token' } });
  });
});
