import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../../../../test/app.ts';
import { Browser } from './test/browser.ts';
import { type ProviderWorld, providerWorld } from './test/world.ts';

/** ID-9 from the first click to the last redirect: the whole server, and a real provider. */
let world: ProviderWorld;
beforeAll(async () => {
  world = await providerWorld({ env: { DEFAULT_TIMEZONE: 'Asia/Tokyo' } });
});
afterAll(() => world.close());

const someone = () => `${randomUUID()}@example.org`;
const query = async (text: string, values: unknown[] = []) =>
  (await world.app.database.pool.query(text, values)).rows as Record<string, unknown>[];
const identitiesOf = (email: string) =>
  query('select identity.* from identity join account on account.id = identity.account_id where account.email = $1', [
    email,
  ]);
const kindsOf = async (id: unknown) =>
  (await query('select kind from audit_log where target_id = $1 or actor_id = $1 order by id', [id])).map(
    ({ kind }) => kind,
  );

describe('signing in through a provider', () => {
  it('is offered by name', async () => {
    expect(await world.app.call('auth.providers', {})).toEqual({
      items: [{ id: 'sso', name: 'Example', path: '/api/v1/auth/oidc/sso' }],
      nextCursor: null,
    });
  });

  it('creates an account with a verified address and no password', async () => {
    const email = someone();
    const subject = randomUUID();
    world.provider.signsIn(subject, { email, email_verified: true, name: 'Ann Example' });
    const browser = new Browser();
    expect((await world.signIn(browser)).href).toBe(`${world.origin}/`);

    const { status, body: me } = await world.api(browser, '/users/me');
    expect(status).toBe(200);
    expect(me).toMatchObject({ name: 'Ann Example', email, emailVerified: true, timezone: 'Asia/Tokyo' });
    expect((await world.api(browser, '/workspaces')).body.items).toHaveLength(1);
    expect(await identitiesOf(email)).toMatchObject([{ issuer: world.provider.issuer, subject, email }]);
    expect(await kindsOf(me.id)).toEqual(['registered', 'identity_linked', 'sign_in']);
    // Nothing is left of the attempt, and no script can read the session.
    expect(browser.value('atrium_redirect')).toBeUndefined();
    for (const cookie of browser.given.filter((each) => each.startsWith('atrium_'))) {
      expect(cookie).toMatch(/; HttpOnly.*; SameSite=Lax/i);
    }
  });

  it("identifies a person by the provider's id for them, whatever their current address", async () => {
    const [before, after, subject] = [someone(), someone(), randomUUID()];
    world.provider.signsIn(subject, { email: before, email_verified: true, name: 'Bea' });
    const first = new Browser();
    await world.signIn(first);
    world.provider.signsIn(subject, { email: after, email_verified: false, name: 'Bea' });
    const second = new Browser();
    await world.signIn(second);
    const [a, b] = [await world.api(first, '/users/me'), await world.api(second, '/users/me')];
    expect(b).toMatchObject({ status: 200, body: { id: a.body.id, email: before } });
    expect(await identitiesOf(before)).toMatchObject([{ subject, email: after }]);
  });

  it('signs in to the account with that address if both sides have verified it, and notifies its owner', async () => {
    const ann = await world.app.person('Ann');
    world.provider.signsIn(randomUUID(), { email: ann.email.toUpperCase(), email_verified: true });
    const browser = new Browser();
    await world.signIn(browser);
    expect((await world.api(browser, '/users/me')).body).toMatchObject({ id: ann.userId });
    expect(await kindsOf(ann.userId)).toContain('identity_linked');
    const mails = await query('select subject from mail where to_address = $1 order by id', [ann.email]);
    expect(mails.at(-1)).toEqual({ subject: 'Example was linked to your account' });
    // Password and other devices are unchanged.
    expect(await ann.call('auth.login', { email: ann.email, password: PASSWORD })).toHaveProperty('accessToken');
    expect((await ann.call('users.me', {})).id).toBe(ann.userId);
  });

  it('returns to where the person was, remembers them if they want, and never leaves this site', async () => {
    world.provider.signsIn(randomUUID(), { email: someone(), email_verified: true });
    const browser = new Browser();
    const wanted = '/channels/general?at=5';
    const end = await world.signIn(browser, `${world.start}?returnTo=${encodeURIComponent(wanted)}&remember=true`);
    expect(end.href).toBe(`${world.origin}${wanted}`);
    expect(browser.given.find((each) => each.startsWith('atrium_refresh='))).toMatch(/Max-Age=2592000/);
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example', '/\t/evil.example', 'channels', '', '/%0a\n'])(
    'does not return to %j',
    async (path) => {
      const answer = await new Browser().get(`${world.start}?returnTo=${encodeURIComponent(path)}`);
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'invalid_input', errors: [{ path: 'returnTo' }] });
    },
  );

  it('asks for the second factor of a person who has one', async () => {
    const ann = await world.app.person('Ann');
    await query('insert into two_factor (account_id, email_enabled_at, failures) values ($1, now(), 0)', [ann.userId]);
    world.provider.signsIn(randomUUID(), { email: ann.email, email_verified: true });
    const browser = new Browser();
    const end = await world.signIn(browser, `${world.start}?returnTo=/inbox`);
    expect(end.pathname).toBe('/login');
    expect(end.search).toBe('');
    const hash = new URLSearchParams(end.hash.slice(1));
    expect(hash.get('methods')).toBe('email');
    expect(hash.get('returnTo')).toBe('/inbox');
    expect(await world.api(browser, '/users/me')).toMatchObject({ status: 401 });
    const [mail] = await query('select text from mail where to_address = $1 order by id desc', [ann.email]);
    const code = /\b\d{6}\b/.exec(String(mail?.text))?.[0];
    const verified = await world.app.call('auth.verifyOtp', {
      challengeId: hash.get('challenge') ?? '',
      code: code ?? '',
    });
    expect(verified.user.id).toBe(ann.userId);
  });

  it('creates one account for two parallel sign-ins', async () => {
    const email = someone();
    world.provider.signsIn(randomUUID(), { email, email_verified: true });
    const browsers = Array.from({ length: 5 }, () => new Browser());
    await Promise.all(browsers.map((browser) => world.signIn(browser)));
    const ids = await Promise.all(browsers.map(async (each) => (await world.api(each, '/users/me')).body.id));
    expect(new Set(ids).size).toBe(1);
    expect(await identitiesOf(email)).toHaveLength(1);
  });

  it('accepts no password for an account without one, and its owner can set one by mail', async () => {
    const email = someone();
    world.provider.signsIn(randomUUID(), { email, email_verified: true });
    await world.signIn();
    await expect(world.app.call('auth.login', { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await world.app.call('auth.forgotPassword', { email });
    const token = await mailedToken(email);
    await world.app.call('auth.resetPassword', { token, password: PASSWORD });
    expect(await world.app.call('auth.login', { email, password: PASSWORD })).toHaveProperty('accessToken');
  });

  it.each([
    { who: 'nobody could sign in to', password: 'null', expected: { timezone: 'Europe/Vienna', locale: 'de-AT' } },
    { who: 'that somebody had signed up for', password: 'password_hash', expected: { locale: 'en' } },
  ])('hands over an account $who: language and time zone are $expected', async ({ password, expected }) => {
    const ann = await world.app.person('Ann');
    const change = `email_verified_at = null, password_hash = ${password}`;
    await query(`update account set ${change} where id = $1`, [ann.userId]);
    world.provider.signsIn(randomUUID(), { email: ann.email, email_verified: true });
    const browser = new Browser();
    const start = `${world.origin}/api/v1/auth/oidc/sso?timezone=Europe/Vienna&locale=de-AT`;
    expect((await world.signIn(browser, start)).href).toBe(`${world.origin}/`);
    expect((await world.api(browser, '/users/me')).body).toMatchObject({ id: ann.userId, ...expected });
  });

  it('refuses disabled accounts', async () => {
    const ann = await world.app.person('Ann');
    world.provider.signsIn(randomUUID(), { email: ann.email, email_verified: true });
    await world.signIn();
    await query('update account set disabled_at = now() where id = $1', [ann.userId]);
    expect((await world.signIn()).search).toBe('?error=account_disabled');
  });
});

async function mailedToken(email: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const mails = await query('select text from mail where to_address = $1 order by id', [email]);
    const token = /#token=([\w-]+)/.exec(String(mails.at(-1)?.text))?.[1];
    if (token !== undefined) return token;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('No link was mailed');
}
