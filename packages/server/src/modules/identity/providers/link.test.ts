import { randomUUID } from 'node:crypto';
import type { Identity } from '@atrium/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PASSWORD } from '../../../../test/app.ts';
import { Browser } from './test/browser.ts';
import { type ProviderWorld, providerWorld } from './test/world.ts';

/** Linking accounts at a provider to one's own account, and unlinking them. */
let world: ProviderWorld;
beforeAll(async () => {
  world = await providerWorld();
});
afterAll(() => world.close());

const query = async (text: string, values: unknown[] = []) =>
  (await world.app.database.pool.query(text, values)).rows as Record<string, unknown>[];

/** Somebody with a password, signed in with cookies. */
async function withBrowser(name: string) {
  const person = await world.app.person(name);
  const browser = new Browser();
  const { email } = person;
  await world.app.call(
    'auth.login',
    { email, password: PASSWORD, transport: 'cookie' },
    {
      onCookies: (tokens) => {
        browser.set('127.0.0.1', 'atrium_access', tokens?.accessToken ?? '');
        browser.set('127.0.0.1', 'atrium_refresh', tokens?.refreshToken ?? '');
      },
    },
  );
  return { ...person, browser };
}

async function wayToLink(browser: Browser, returnTo = '/settings'): Promise<string> {
  const { status, body } = await world.api(browser, '/auth/identities', { provider: 'sso', returnTo });
  expect(status).toBe(200);
  return `${world.origin}${String(body.path)}`;
}

const identities = async (browser: Browser) => (await world.api(browser, '/auth/identities')).body.items as Identity[];

it('links an account with another address, which the person can then sign in with', async () => {
  const { browser, userId, email } = await withBrowser('Ann');
  world.provider.signsIn('ann-elsewhere', { email: 'ann@elsewhere.example', email_verified: false });
  const end = await world.signIn(browser, await wayToLink(browser, '/settings?tab=sign-in'));
  expect(end.href).toBe(`${world.origin}/settings?tab=sign-in`);
  expect(await identities(browser)).toMatchObject([
    { provider: 'sso', issuer: world.provider.issuer, email: 'ann@elsewhere.example' },
  ]);
  const other = new Browser();
  await world.signIn(other);
  expect((await world.api(other, '/users/me')).body).toMatchObject({ id: userId });
  const [mail] = await query('select subject from mail where to_address = $1 order by id desc', [email]);
  expect(mail).toEqual({ subject: 'Example was linked to your account' });
  // Linking it again changes nothing.
  await world.signIn(browser, await wayToLink(browser));
  expect(await identities(browser)).toHaveLength(1);
});

it('requires the password when the sign-in was long ago', async () => {
  const ann = await world.app.person('Ann');
  await query(`update session set created_at = created_at - interval '11 minutes' where id = $1`, [
    ann.actor.sessionId,
  ]);
  const link = (password?: string) => ann.call('auth.linkIdentity', { provider: 'sso', ...(password && { password }) });
  await expect(link()).rejects.toMatchObject({ code: 'reauthentication_required' });
  await expect(link('wrong horse')).rejects.toMatchObject({ code: 'password_wrong' });
  expect((await link(PASSWORD)).path).toMatch(/^\/api\/v1\/auth\/oidc\/sso\?link=[\w-]+$/);
  await expect(ann.call('auth.linkIdentity', { provider: 'google' })).rejects.toMatchObject({
    code: 'reauthentication_required',
  });
  await expect(ann.call('auth.linkIdentity', { provider: 'google', password: PASSWORD })).rejects.toMatchObject({
    code: 'not_found',
  });
});

it('does not link an identity that belongs to another account', async () => {
  const [ann, bob] = [await withBrowser('Ann'), await withBrowser('Bob')];
  world.provider.signsIn(randomUUID(), { email: 'shared@elsewhere.example', email_verified: false });
  await world.signIn(ann.browser, await wayToLink(ann.browser));
  const end = await world.signIn(bob.browser, await wayToLink(bob.browser));
  expect(end.href).toBe(`${world.origin}/settings?error=identity_taken`);
  expect(await identities(bob.browser)).toEqual([]);
});

it('links only in the browser that asked: sending the link to another person does not affect their account', async () => {
  const attacker = await withBrowser('Mallory');
  const victim = await withBrowser('Vic');
  world.provider.signsIn(randomUUID(), { email: 'vic@elsewhere.example', email_verified: true });
  for (const browser of [victim.browser, new Browser()]) {
    // They do not even reach the provider.
    const { location } = await browser.get(await wayToLink(attacker.browser));
    expect(location?.href).toBe(`${world.origin}/login?error=sso_auth_failed`);
  }
  // Nor does it work if another browser follows the callback.
  const callback = await world.upToCallback(attacker.browser, await wayToLink(attacker.browser));
  victim.browser.set('127.0.0.1', 'atrium_redirect', attacker.browser.value('atrium_redirect') ?? '');
  const end = await world.signIn(victim.browser, callback.href);
  expect(end.search).toBe('?error=sso_auth_failed');
  expect(await identities(attacker.browser)).toEqual([]);
  expect(await identities(victim.browser)).toEqual([]);
});

it('links nothing for a person who has signed out in the meantime', async () => {
  const { browser } = await withBrowser('Ann');
  const callback = await world.upToCallback(browser, await wayToLink(browser));
  await world.api(browser, '/auth/logout', {});
  expect((await world.signIn(browser, callback.href)).search).toBe('?error=sso_auth_failed');
});

it('accepts no ticket that was forged, or made for another provider', async () => {
  const { browser } = await withBrowser('Ann');
  expect((await world.signIn(browser, `${world.start}?link=abc`)).search).toBe('?error=sso_auth_failed');
});

it('unlinks, but never the last way to sign in', async () => {
  const email = `${randomUUID()}@example.org`;
  world.provider.signsIn(randomUUID(), { email, email_verified: true });
  const browser = new Browser();
  await world.signIn(browser);
  const [only] = await identities(browser);
  const { id: userId } = (await world.api(browser, '/users/me')).body as { id: string };
  const { call } = await asOwner(userId);
  const unlink = (identityId = '') => call('auth.unlinkIdentity', { identityId });
  await expect(unlink(only?.id)).rejects.toMatchObject({ code: 'last_sign_in', status: 409 });
  expect(await identities(browser)).toHaveLength(1);

  // With a second one, the first can be unlinked; two parallel requests cannot remove both.
  world.provider.signsIn(randomUUID(), { email: 'second@elsewhere.example', email_verified: false });
  const second = new Browser();
  second.set('127.0.0.1', 'atrium_access', browser.value('atrium_access') ?? '');
  await world.signIn(second, await wayToLink(second));
  const both = await identities(second);
  expect(both).toHaveLength(2);
  const results = await Promise.allSettled(both.map(({ id }) => unlink(id)));
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await identities(second)).toHaveLength(1);

  // With a password, all can be unlinked.
  await query('update account set password_hash = $2 where id = $1', [userId, 'x']);
  await unlink((await identities(second))[0]?.id);
  expect(await identities(second)).toEqual([]);
  await expect(unlink(only?.id)).rejects.toMatchObject({ code: 'not_found' });
});

it('does not unlink identities of others', async () => {
  const ann = await withBrowser('Ann');
  world.provider.signsIn(randomUUID(), { email: 'a@elsewhere.example', email_verified: false });
  await world.signIn(ann.browser, await wayToLink(ann.browser));
  const bob = await world.app.person('Bob');
  const [identity] = await identities(ann.browser);
  await expect(bob.call('auth.unlinkIdentity', { identityId: identity?.id ?? '' })).rejects.toMatchObject({
    code: 'not_found',
  });
  expect(await identities(ann.browser)).toHaveLength(1);
});

async function asOwner(userId: string) {
  const [session] = await query('select id from session where account_id = $1 order by id desc', [userId]);
  const actor = {
    kind: 'user',
    userId,
    sessionId: String(session?.id),
    role: 'user',
    emailVerified: true,
    expiresAt: new Date(Date.now() + 60_000),
  } as const;
  return { call: world.app.as(actor) };
}
