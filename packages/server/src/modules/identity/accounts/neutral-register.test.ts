import { auth } from '@atrium/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous } from '../../../platform/module/index.ts';
import { createPasswordHasher, hashParameters } from '../passwords/hasher.ts';
import { type IdentityApp, identityApp, PASSWORD } from '../test/identity-app.ts';
import { registerOperations } from './register-operations.ts';

/** S10: an instance that does not reveal which addresses have an account. */
let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp({}, { hashing: hashParameters });
  await app.register({ email: 'first@example.org' });
});
afterAll(() => app.close());

const OTHER = 'another wholly new phrase';
const neutral = (on: boolean) => app.query('update instance_setting set neutral_registration = $1', [on]);
const register = (email: string, fields: object = {}) =>
  app.call(auth.register, { name: 'Ann', email, password: OTHER, ...fields });
const subjects = async (email: string) => (await app.mails(email)).map(({ subject }) => subject);
const login = (email: string, password = OTHER) => app.call(auth.login, { email, password });

it('says by default that an address is taken', async () => {
  await app.register({ email: 'taken@example.org' });
  await expect(register('taken@example.org')).rejects.toMatchObject({ code: 'email_taken', status: 409 });
});

it('when neutral, gives one answer and mails which of the two cases it was', async () => {
  const ann = await app.person({ email: 'known@example.org' });
  await app.call(auth.verifyEmail, { otp: await app.code(ann.email) }, { actor: ann.actor });
  await neutral(true);
  try {
    const [known, unknown] = [await register('known@example.org'), await register('unknown@example.org')];
    const alike = { name: 'Ann', username: null, emailVerified: false, role: 'user', version: 1 };
    expect(known).toMatchObject({ ...alike, email: 'known@example.org' });
    expect(unknown).toMatchObject({ ...alike, email: 'unknown@example.org' });
    expect(Object.keys(known)).toEqual(Object.keys(unknown));
    // Neither reveals which account exists.
    const ids = await app.query('select id from account where id = any($1)', [[known.id, unknown.id]]);
    expect(ids).toEqual([]);
    expect((await subjects('known@example.org')).at(-1)).toBe('You already have an account');
    expect(await subjects('unknown@example.org')).toEqual(['Open your account']);
    // Nothing of the existing account changed.
    expect(await login('known@example.org', PASSWORD)).toHaveProperty('accessToken');
  } finally {
    await neutral(false);
  }
});

it('reveals nothing by the password, by a username, or by asking again', async () => {
  await app.register({ email: 'mine@example.org' });
  await neutral(true);
  try {
    await register('new@example.org');
    for (const email of ['mine@example.org', 'new@example.org']) {
      await expect(login(email)).rejects.toMatchObject({ code: 'invalid_credentials', status: 401 });
      await expect(register(email)).resolves.toMatchObject({ email });
      await expect(register(email, { username: 'ann' })).rejects.toMatchObject({
        code: 'invalid_input',
        details: { errors: [{ path: 'username' }] },
      });
      await expect(register(email, { password: 'password' })).rejects.toMatchObject({ code: 'password_refused' });
    }
    expect(await app.query('select 1 from account where email = $1', ['new@example.org'])).toHaveLength(1);
  } finally {
    await neutral(false);
  }
});

it('opens the account to the person who reads its mail, with the password that they choose', async () => {
  await neutral(true);
  try {
    await register('opens@example.org');
    const token = await app.linkToken('opens@example.org');
    await app.call(auth.resetPassword, { token, password: PASSWORD });
    expect((await login('opens@example.org', PASSWORD)).user).toMatchObject({ emailVerified: true });
    await expect(login('opens@example.org', OTHER)).rejects.toMatchObject({ code: 'invalid_credentials' });
  } finally {
    await neutral(false);
  }
});

it('creates one account for twenty parallel requests, and gives all of them one answer', async () => {
  await neutral(true);
  try {
    const answers = await Promise.all(Array.from({ length: 20 }, () => register('twenty@example.org')));
    expect(new Set(answers.map(({ email }) => email))).toEqual(new Set(['twenty@example.org']));
    expect(await app.query('select 1 from account where email = $1', ['twenty@example.org'])).toHaveLength(1);
  } finally {
    await neutral(false);
  }
});

it('does the same work for a known address: the password is hashed before the lookup', async () => {
  await app.register({ email: 'hashed@example.org' });
  const hasher = createPasswordHasher();
  let hashes = 0;
  const counting = {
    ...hasher,
    hash(password: string) {
      hashes += 1;
      return hasher.hash(password);
    },
  };
  const [implementation] = registerOperations({
    keyring: app.keyring,
    hasher: counting,
    limiter: { count: () => Promise.resolve(undefined) },
    appUrl: 'https://atrium.example',
    defaultTimezone: 'UTC',
    modules: { service: () => () => ({ isOpenCode: async () => false }) as never },
  });
  const request = { id: 'test', ip: '192.0.2.1', userAgent: '', transport: 'rest' } as const;
  for (const isNeutral of [true, false]) {
    await neutral(isNeutral);
    for (const email of ['hashed@example.org', 'nobody-knows@example.org']) {
      hashes = 0;
      const input = { name: 'Ann', email, password: OTHER };
      const { db } = app.database;
      await implementation?.prepare?.({ db, input, actor: anonymous as never, request, now: new Date() });
      expect(hashes, `${email} ${isNeutral}`).toBe(1);
    }
  }
});
