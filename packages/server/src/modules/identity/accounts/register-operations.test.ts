import { auth } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listeners } from '../../../platform/module/index.ts';
import { hashParameters } from '../passwords/hasher.ts';
import { type IdentityApp, identityApp, PASSWORD } from '../test/identity-app.ts';

const ann = { name: 'Ann', email: 'Ann@Example.org', password: PASSWORD, username: 'ann' };

describe('auth.register', () => {
  let app: IdentityApp;
  const registered: string[] = [];
  const on: Listeners = {
    'account:registered'({ actorId }, { account }) {
      if (account.name === 'Refused') throw new Error('The hook refused the account');
      expect(actorId).toBeNull();
      registered.push(account.id);
    },
  };

  beforeAll(async () => {
    app = await identityApp(on, { hashing: hashParameters });
  });
  afterAll(() => app.close());

  it('creates an account, calls the hooks and mails a code', async () => {
    const me = await app.call(auth.register, ann);
    expect(me).toEqual({
      id: expect.any(String),
      name: 'Ann',
      username: 'ann',
      avatar: null,
      isBot: false,
      email: 'ann@example.org',
      emailVerified: false,
      role: 'admin',
      timezone: 'UTC',
      locale: 'en',
      preferences: {
        hideReceipts: false,
        oneTimer: false,
        timerAskAfterHours: 8,
        timerDailyCapHours: null,
        morningDigestAt: '05:00',
      },
      createdAt: expect.any(String),
      version: 1,
    });
    expect(registered).toEqual([me.id]);
    const [mail] = await app.mails('ann@example.org');
    const code = await app.code('ann@example.org');
    expect(code).toMatch(/^\d{6}$/);
    expect(mail?.text).toContain(`https://atrium.example/app/verify-email#code=${code}`);
    expect(await app.audit(me.id)).toMatchObject([{ kind: 'registered', ip: '192.0.2.1', user_agent: 'Vitest/1' }]);
  });

  it('stores the password as a hash with current parameters, and nothing of it anywhere else', async () => {
    const rows = await app.query('select password_hash from account');
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    for (const table of ['account', 'session', 'email_code', 'audit_log', 'mail', 'event']) {
      expect(JSON.stringify(await app.query(`select * from ${table}`))).not.toContain(PASSWORD);
    }
  });

  it('makes only the first account an admin', async () => {
    expect((await app.register()).role).toBe('user');
  });

  it.each([
    ['the same address', { email: 'ann@example.org' }, 'email_taken'],
    ['the same address in other letters', { email: ' ANN@EXAMPLE.ORG ' }, 'email_taken'],
    ['the same username', { email: 'other@example.org', username: 'ANN' }, 'username_taken'],
  ] as const)('refuses %s', async (_name, fields, code) => {
    await expect(app.call(auth.register, { name: 'Bob', password: PASSWORD, ...fields })).rejects.toMatchObject({
      code,
    });
  });

  it.each(['here', 'channel', ' Everyone ', 'all', 'Admin', 'atrium'])(
    'does not reserve the username %j',
    async (username) => {
      const input = { name: 'Bob', password: PASSWORD, email: 'bob@example.org', username };
      await expect(app.call(auth.register, input)).rejects.toMatchObject({ code: 'invalid_input' });
    },
  );

  it.each([
    ['Password1!', 'password_is_common'],
    ['Tess@Example.org', 'password_is_email'],
    ['Tess Tester', 'password_is_name'],
  ])('refuses the password %s', async (password, code) => {
    const input = { name: 'Tess Tester', email: 'tess@example.org', password };
    await expect(app.call(auth.register, input)).rejects.toMatchObject({
      code: 'password_refused',
      details: { errors: [{ path: 'password', code }] },
    });
    expect(await app.query('select id from account where email = $1', ['tess@example.org'])).toEqual([]);
  });

  it.each([
    ['a short password', { password: '1234567' }],
    ['a long password', { password: 'x'.repeat(129) }],
    ['no name', { name: ' ' }],
    ['a NUL', { name: 'An\0n' }],
    ['half a character', { password: 'abcdefgh\ud800' }],
    ['no address', { email: 'ann' }],
    ['a role', { role: 'admin' }],
  ])('refuses %s', async (_name, fields) => {
    const input = { name: 'Ann', email: 'bad@example.org', password: PASSWORD, ...fields };
    await expect(app.call(auth.register, input)).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('treats both spellings of a domain as one account', async () => {
    const typed = { ...ann, username: 'anna', email: 'anna@почта.рф' };
    const me = await app.call(auth.register, typed);
    expect(me.email).toBe('anna@xn--80a1acny.xn--p1ai');
    for (const email of [me.email, typed.email]) {
      const again = { ...typed, username: 'another', email };
      await expect(app.call(auth.register, again)).rejects.toMatchObject({ code: 'email_taken' });
      expect((await app.call(auth.login, { email, password: ann.password })).user?.id).toBe(me.id);
    }
  });

  it('leaves nothing of an account that a hook refused', async () => {
    await expect(app.register({ name: 'Refused', email: 'refused@example.org' })).rejects.toMatchObject({
      code: 'internal',
    });
    expect(await app.query('select id from account where email = $1', ['refused@example.org'])).toEqual([]);
    expect(await app.mails('refused@example.org')).toEqual([]);
  });

  it('gives an address or a username to one of twenty parallel requests', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) =>
        app.register({ email: at % 2 ? 'race@example.org' : `race${at}@example.org`, username: 'racer' }),
      ),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const codes = results.flatMap((result) => (result.status === 'rejected' ? [result.reason.code] : []));
    expect(codes.filter((code) => code !== 'email_taken' && code !== 'username_taken')).toEqual([]);
  });
});

it('makes exactly one of twenty parallel first registrations an admin, also when some are refused', async () => {
  const refuseSome: Listeners = {
    'account:registered'(_work, { account }) {
      if (account.name === 'Refused') throw new Error('The hook refused the account');
    },
  };
  const app = await identityApp(refuseSome);
  try {
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, at) => app.register({ name: at < 5 ? 'Refused' : 'Ann' })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(15);
    expect(await app.query("select id from account where role = 'admin'")).toHaveLength(1);
    // A later account does not become an admin after the first one is deleted.
    await app.query('delete from account');
    expect((await app.register()).role).toBe('user');
  } finally {
    await app.close();
  }
});

it.each([false, true])(
  'gives new accounts the zone and language of the browser, or the zone of the configuration (neutral: %s)',
  async (neutralRegistration) => {
    const app = await identityApp({}, { defaultTimezone: 'Asia/Tokyo' });
    try {
      await app.query('update instance_setting set neutral_registration = $1', [neutralRegistration]);
      const answer = await app.register({ email: 'tom@example.org' });
      expect(answer.timezone).toBe('Asia/Tokyo');
      expect(await app.query('select timezone from account')).toEqual([{ timezone: 'Asia/Tokyo' }]);
      const reported = { timezone: 'America/Lima', locale: 'de-AT' };
      expect(await app.register({ email: 'ida@example.org', ...reported })).toMatchObject(reported);
      const stored = await app.query("select timezone, locale from account where email = 'ida@example.org'");
      expect(stored).toEqual([reported]);
      // The answer is the same for an address that is taken.
      if (neutralRegistration) {
        expect(await app.register({ email: 'ida@example.org', ...reported })).toMatchObject(reported);
        expect(await app.register({ email: 'tom@example.org' })).toMatchObject({ timezone: 'Asia/Tokyo' });
      }
    } finally {
      await app.close();
    }
  },
);
