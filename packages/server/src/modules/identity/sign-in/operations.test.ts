import { auth } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectEqualTiming } from '../../../../test/security/timing.ts';
import { createPasswordHasher, hashParameters } from '../passwords/hasher.ts';
import { type IdentityApp, identityApp, PASSWORD } from '../test/identity-app.ts';

let app: IdentityApp;
/** The same, with password hashes of the real cost instead of the tests' low one. */
let dear: IdentityApp;
beforeAll(async () => {
  app = await identityApp();
  dear = await identityApp({}, { hashing: hashParameters });
});
afterAll(async () => {
  await app.close();
  await dear.close();
});

const refused = { code: 'invalid_credentials', status: 401 };

describe('auth.login', () => {
  it('returns a pair of tokens and the account', async () => {
    const me = await app.register();
    const output = await app.call(auth.login, { email: me.email.toUpperCase(), password: PASSWORD });
    expect(output).toEqual({
      user: me,
      accessToken: expect.any(String),
      expiresIn: 900,
      refreshToken: expect.stringMatching(/^[\w-]{86}$/),
    });
    const actor = await app.authenticate(String(output.accessToken));
    expect(actor).toMatchObject({ kind: 'user', userId: me.id, role: me.role, emailVerified: false });
    expect(await app.audit(me.id)).toMatchObject([
      { kind: 'registered' },
      { kind: 'sign_in', target_id: actor.sessionId },
    ]);
  });

  it('S6 stores no token in the database', async () => {
    const { accessToken, refreshToken } = await app.person();
    const rows = JSON.stringify(await app.query('select session::text, audit_log::text from session, audit_log'));
    const bytes = Buffer.from(refreshToken, 'base64url');
    for (const secret of [accessToken, refreshToken, bytes.toString('hex'), bytes.subarray(32).toString('hex')]) {
      expect(rows).not.toContain(secret);
    }
  });

  it.each([
    ['7 days', false, 7],
    ['30 days when remembered', true, 30],
  ])('lasts %s', async (_name, remember, days) => {
    const { email } = await app.register();
    const { actor } = await app.signIn(email, {}, remember);
    const [row] = await app.query('select expires_at - created_at as lasts from session where id = $1', [
      actor.sessionId,
    ]);
    expect(row?.lasts).toMatchObject({ days });
  });

  it('sets cookies if requested, and then returns no token in the body', async () => {
    const { email } = await app.register();
    const input = { email, password: PASSWORD, transport: 'cookie' } as const;
    const { output, cookies } = await app.callWithCookies(auth.login, input);
    expect(Object.keys(output).sort()).toEqual(['expiresIn', 'user']);
    expect(cookies).toEqual([
      {
        set: {
          accessToken: expect.any(String),
          accessSeconds: 900,
          refreshToken: expect.any(String),
          refreshSeconds: 604_800,
        },
      },
    ]);
  });

  it('leaves no session if cookies cannot be set', async () => {
    const me = await app.register();
    const input = { email: me.email, password: PASSWORD, transport: 'cookie' } as const;
    await expect(app.call(auth.login, input, { transport: 'socket' })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await app.query('select id from session where account_id = $1', [me.id])).toEqual([]);
  });

  it('S9 gives the same answer to a wrong password, an unknown address, a disabled account and one without password', async () => {
    const [wrong, disabled, without] = [await app.register(), await app.register(), await app.register()];
    await app.query('update account set disabled_at = now() where id = $1', [disabled.id]);
    await app.query('update account set password_hash = null where id = $1', [without.id]);
    const answers = [];
    for (const [email, password] of [
      [wrong.email, 'wrong horse battery'],
      ['nobody@example.org', PASSWORD],
      [disabled.email, PASSWORD],
      [without.email, PASSWORD],
    ] as const) {
      const error = await app.call(auth.login, { email, password }).catch((thrown: unknown) => thrown);
      expect(error).toMatchObject(refused);
      answers.push(JSON.stringify((error as { toProblem(): object }).toProblem()));
    }
    expect(new Set(answers).size).toBe(1);
    expect(await app.audit(wrong.id)).toMatchObject([
      { kind: 'registered' },
      { kind: 'sign_in_failed', actor_id: null },
    ]);
    const unknown = "select details from audit_log where kind = 'sign_in_failed' and target_id is null";
    expect(await app.query(unknown)).toEqual([{ details: { addressHash: expect.stringMatching(/^[0-9a-f]{64}$/) } }]);
  });

  it('S9 takes the same time for a known and an unknown address', async () => {
    const { email } = await dear.register();
    const attempt = (address: string) => () =>
      dear.call(auth.login, { email: address, password: 'wrong horse battery' }).catch(() => undefined);
    await expectEqualTiming({ known: attempt(email), unknown: attempt('unknown@example.org') });
  });

  it('S9 notifies the owner of an account without a password by mail, once an hour, and nobody else', async () => {
    const narrow = await identityApp({}, { narrow: true });
    try {
      const { id, email } = await narrow.register();
      const before = (await narrow.mails(email)).length;
      await narrow.query('update account set password_hash = null where id = $1', [id]);
      for (const ip of ['192.0.2.1', '192.0.2.2', '192.0.2.3']) {
        await expect(narrow.call(auth.login, { email, password: PASSWORD }, { ip })).rejects.toMatchObject(refused);
      }
      expect((await narrow.mails(email)).slice(before)).toMatchObject([{ subject: 'Your account has no password' }]);
      await narrow.query('update account set disabled_at = now()');
      await expect(narrow.call(auth.login, { email, password: PASSWORD }, { ip: '192.0.2.4' })).rejects.toBeDefined();
      expect(await narrow.mails(email)).toHaveLength(before + 1);
    } finally {
      await narrow.close();
    }
  });

  it('updates a hash with outdated parameters, once', async () => {
    const me = await dear.register();
    const old = await createPasswordHasher({ memoryCost: 64, timeCost: 1, parallelism: 1 }).hash(PASSWORD);
    await dear.query('update account set password_hash = $2 where id = $1', [me.id, old]);
    const stored = async () => (await dear.query('select password_hash from account where id = $1', [me.id]))[0];
    await expect(dear.call(auth.login, { email: me.email, password: 'wrong horse battery' })).rejects.toMatchObject(
      refused,
    );
    expect(await stored()).toEqual({ password_hash: old });
    await dear.signIn(me.email);
    const renewed = await stored();
    expect(renewed?.password_hash).toMatch(/m=19456,t=2,p=1/);
    await dear.signIn(me.email);
    expect(await stored()).toEqual(renewed);
  });

  it('accepts both spellings of a password', async () => {
    const { email } = await app.register({ password: 'grüße aus köln'.normalize('NFD') });
    await expect(app.call(auth.login, { email, password: 'grüße aus köln'.normalize('NFC') })).resolves.toBeDefined();
  });

  it('allows 100 devices at most, and signs out the one unused the longest', async () => {
    const first = await app.person();
    await app.query(
      `insert into session (id, account_id, family_hash, token_hash, remember, device, ip, created_at, last_used_at, expires_at)
       select gen_random_uuid(), account_id, decode(lpad(to_hex(n), 64, '0'), 'hex'), token_hash, false, device, ip,
              created_at, last_used_at + n * interval '1 ms', expires_at
         from session, generate_series(1, 99) n where session.id = $1`,
      [first.actor.sessionId],
    );
    const second = await app.signIn(first.email);
    await expect(app.authenticate(first.accessToken)).rejects.toMatchObject({ code: 'invalid_token' });
    expect((await app.call(auth.sessions, {}, { actor: second.actor })).items).toHaveLength(100);
    const ids = [first.actor.sessionId];
    expect(await app.events(first.me.id)).toEqual([
      { type: 'session:revoked', body: { sessionIds: ids }, effect: { disconnect: ids } },
    ]);
  });
});
