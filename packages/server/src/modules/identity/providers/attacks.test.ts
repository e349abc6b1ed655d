import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../../../../test/app.ts';
import { Browser } from './test/browser.ts';
import { type ProviderWorld, providerWorld } from './test/world.ts';

/** S18 and S19: forged answers, and accounts created in advance with another person's address. */
let world: ProviderWorld;
beforeAll(async () => {
  world = await providerWorld();
});
afterAll(() => world.close());

const someone = () => `${randomUUID()}@example.org`;
const FAILED = '?error=sso_auth_failed';
const query = async (text: string, values: unknown[] = []) =>
  (await world.app.database.pool.query(text, values)).rows as Record<string, unknown>[];

/** A new person at the provider, who vouches for their address. */
function newcomer(claims: { email?: string; email_verified?: boolean } = {}) {
  const person = { subject: randomUUID(), email: someone(), ...claims };
  world.provider.signsIn(person.subject, { email_verified: true, name: 'Ann', ...claims, email: person.email });
  return person;
}

async function expectNobody(browser: Browser, end: URL, search = FAILED) {
  expect(end.href).toBe(`${world.origin}/login${search}`);
  expect(await world.api(browser, '/users/me')).toMatchObject({ status: 401 });
  expect(browser.value('atrium_access')).toBeUndefined();
}

describe('S18: an answer is accepted only from the browser that asked, once', () => {
  it('not from a browser that asked nothing', async () => {
    newcomer();
    const callback = await world.upToCallback(new Browser());
    const other = new Browser();
    await expectNobody(other, await world.signIn(other, callback.href));
  });

  it('not with another state', async () => {
    newcomer();
    const browser = new Browser();
    const callback = await world.upToCallback(browser);
    callback.searchParams.set('state', `${callback.searchParams.get('state')}x`);
    await expectNobody(browser, await world.signIn(browser, callback.href));
  });

  it('not without a state', async () => {
    newcomer();
    const browser = new Browser();
    const callback = await world.upToCallback(browser);
    callback.searchParams.delete('state');
    await expectNobody(browser, await world.signIn(browser, callback.href));
  });

  it('not the answer to another request, with the state of this one', async () => {
    newcomer();
    const [attacker, victim] = [new Browser(), new Browser()];
    const theirs = await world.upToCallback(attacker);
    const own = await world.upToCallback(victim);
    own.searchParams.set('code', theirs.searchParams.get('code') ?? '');
    await expectNobody(victim, await world.signIn(victim, own.href));
  });

  it('not twice', async () => {
    newcomer();
    const browser = new Browser();
    const callback = await world.upToCallback(browser);
    const cookie = browser.value('atrium_redirect') ?? '';
    expect((await world.signIn(browser, callback.href)).search).toBe('');
    const again = new Browser();
    await expectNobody(again, await world.signIn(again, callback.href));
    // Not even with the cookie, which the first use deleted.
    again.set('127.0.0.1', 'atrium_redirect', cookie);
    await expectNobody(again, await world.signIn(again, callback.href));
  });

  it.each([
    ['nonce', 'another-nonce'],
    ['code_challenge', 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'],
  ])('not when %s went to the provider changed', async (name, value) => {
    newcomer();
    const browser = new Browser();
    const { location } = await browser.get(world.start);
    location?.searchParams.set(name, value);
    await expectNobody(browser, await world.signIn(browser, location?.href));
  });

  it('not without the PKCE verifier', async () => {
    newcomer();
    const browser = new Browser();
    const { location } = await browser.get(world.start);
    expect(location?.searchParams.get('code_challenge_method')).toBe('S256');
    location?.searchParams.delete('code_challenge');
    location?.searchParams.delete('code_challenge_method');
    await expectNobody(browser, await world.signIn(browser, location?.href));
  });

  it('not with a cookie that was changed, forged, or made for another purpose', async () => {
    newcomer();
    for (const change of [
      (cookie: string) => `${cookie.slice(0, -2)}${cookie.endsWith('AA') ? 'BB' : 'AA'}`,
      () => Buffer.from(JSON.stringify({ state: 'x' })).toString('base64url'),
      () => '',
    ]) {
      const browser = new Browser();
      const callback = await world.upToCallback(browser);
      browser.set('127.0.0.1', 'atrium_redirect', change(browser.value('atrium_redirect') ?? ''));
      await expectNobody(browser, await world.signIn(browser, callback.href));
    }
  });

  it('not from an issuer other than the one that was asked', async () => {
    newcomer();
    const browser = new Browser();
    const callback = await world.upToCallback(browser);
    expect(callback.searchParams.get('iss')).toBe(world.provider.issuer);
    callback.searchParams.set('iss', 'https://accounts.example.org');
    await expectNobody(browser, await world.signIn(browser, callback.href));
  });

  it('reports that the person declined, only to the browser that asked', async () => {
    newcomer();
    world.provider.declines();
    const browser = new Browser();
    const callback = await world.upToCallback(browser);
    const other = new Browser();
    await expectNobody(other, await world.signIn(other, callback.href));
    await expectNobody(browser, await world.signIn(browser, callback.href), '?error=provider_cancelled');
  });

  it('logs failures without secrets', async () => {
    newcomer();
    const browser = new Browser();
    const callback = await world.upToCallback(browser);
    callback.searchParams.set('state', 'wrong');
    await world.signIn(browser, callback.href);
    const [row] = await query('select details from audit_log where kind = $1 order by id desc', ['sign_in_failed']);
    expect(row).toEqual({ details: { provider: 'sso', error: 'sso_auth_failed' } });
  });

  it.each(['google', 'nobody', '__proto__'])('does not know the provider %s, which is not configured', async (name) => {
    for (const path of [`/auth/oidc/${name}`, `/auth/oidc/${name}/callback`]) {
      expect(await world.api(new Browser(), path)).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  });

  it('takes the callback URL from the configuration only', async () => {
    const response = await fetch(world.start, {
      redirect: 'manual',
      headers: { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
    });
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.searchParams.get('redirect_uri')).toBe(`${world.origin}/api/v1/auth/oidc/sso/callback`);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });
});

describe('S19: nobody gets into an account by creating it first', () => {
  it('revokes all access of a person who signed up with an unverified address', async () => {
    const attacker = await world.app.person('Mallory', { verified: false });
    await query('insert into two_factor (account_id, email_enabled_at) values ($1, now())', [attacker.userId]);
    await world.app.call('auth.forgotPassword', { email: attacker.email });
    newcomer({ email: attacker.email });
    const victim = new Browser();
    expect((await world.signIn(victim)).href).toBe(`${world.origin}/`);
    expect((await world.api(victim, '/users/me')).body).toMatchObject({ id: attacker.userId, emailVerified: true });

    const { email, accessToken, refreshToken } = attacker;
    await expect(world.app.call('auth.login', { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    await expect(world.app.call('auth.refresh', { refreshToken })).rejects.toMatchObject({ code: 'invalid_token' });
    const response = await fetch(`${world.origin}/api/v1/users/me`, {
      headers: { authorization: `Bearer ${accessToken}` },
    });
    expect(response.status).toBe(401);
    expect(await query('select * from two_factor where account_id = $1', [attacker.userId])).toEqual([]);
    const kinds = (await query('select kind from audit_log where target_id = $1', [attacker.userId])).map(
      ({ kind }) => kind,
    );
    expect(kinds).toContain('account_reclaimed');
    const events = (await world.app.events(`user:${attacker.userId}`)).map(({ type }) => type);
    expect(events).toEqual(expect.arrayContaining(['session:revoked', 'me:updated']));
  });

  it.each([
    { email_verified: false },
    { email_verified: undefined },
    { email_verified: 'yes' as unknown as boolean },
    { email_verified: 'TRUE' as unknown as boolean },
    { email_verified: 1 as unknown as boolean },
  ])('gives nobody an account for an address that the provider does not vouch for: %j', async (claims) => {
    const ann = await world.app.person('Ann');
    for (const email of [ann.email, someone()]) {
      world.provider.signsIn(randomUUID(), { email, ...claims } as { email: string });
      const browser = new Browser();
      await expectNobody(browser, await world.signIn(browser), '?error=email_unverified');
      expect(await query('select * from identity where email = $1', [email])).toEqual([]);
    }
    expect(await query('select * from identity where account_id = $1', [ann.userId])).toEqual([]);
  });

  it('nor with an account without a password', async () => {
    world.provider.signsIn(randomUUID(), { name: 'Nobody' });
    const browser = new Browser();
    await expectNobody(browser, await world.signIn(browser), '?error=email_unverified');
  });

  it('protects an account created through a provider from a later sign-up with a password', async () => {
    const { email } = newcomer();
    const browser = new Browser();
    await world.signIn(browser);
    await expect(world.app.call('auth.register', { name: 'Mallory', email, password: PASSWORD })).rejects.toMatchObject(
      { code: 'email_taken' },
    );
    await expect(world.app.call('auth.login', { email, password: PASSWORD })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    expect(await world.api(browser, '/users/me')).toMatchObject({ status: 200 });
  });

  it('does not let an identity be linked to an account with an unverified address', async () => {
    const attacker = await world.app.person('Mallory', { verified: false });
    await expect(attacker.call('auth.linkIdentity', { provider: 'sso', password: PASSWORD })).rejects.toMatchObject({
      code: 'unverified_email',
    });
  });

  it('leaves an account with a verified address unchanged: devices, password, second factor', async () => {
    const ann = await world.app.person('Ann');
    newcomer({ email: ann.email });
    await world.signIn();
    expect(await world.app.call('auth.login', { email: ann.email, password: PASSWORD })).toHaveProperty('user');
    await expect(world.app.call('auth.refresh', { refreshToken: ann.refreshToken })).resolves.toBeDefined();
  });
});
