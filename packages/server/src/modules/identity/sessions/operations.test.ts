import { randomUUID } from 'node:crypto';
import { auth, tokens, users } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IdentityApp, identityApp } from '../test/identity-app.ts';

let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp();
});
afterAll(() => app.close());

const invalid = { code: 'invalid_token' };

describe('sessions', () => {
  it('are listed with their device, the last used first', async () => {
    const laptop = await app.person();
    const phone = await app.signIn(laptop.email, { userAgent: `Phone\u0007${'x'.repeat(400)}`, ip: '2001:db8::1' });
    const { items, nextCursor } = await app.call(auth.sessions, {}, { actor: laptop.actor });
    expect(nextCursor).toBeNull();
    expect(items).toEqual([
      {
        id: phone.actor.sessionId,
        device: `Phone ${'x'.repeat(194)}`,
        ip: '2001:db8::1',
        createdAt: expect.any(String),
        lastUsedAt: expect.any(String),
        current: false,
      },
      expect.objectContaining({ id: laptop.actor.sessionId, device: 'Vitest/1', current: true }),
    ]);
  });

  it.each(['', ' ', '\u0000', '\ud800'.repeat(3)])('have a device also for the User-Agent %j', async (userAgent) => {
    const { email } = await app.register();
    await expect(app.signIn(email, { userAgent, ip: 'x'.repeat(200) })).resolves.toBeDefined();
  });

  it('can be signed out one by one', async () => {
    const laptop = await app.person();
    const phone = await app.signIn(laptop.email);
    const input = { sessionId: phone.actor.sessionId };
    expect(await app.callWithCookies(auth.revokeSession, input, { actor: laptop.actor })).toEqual({
      output: {},
      cookies: [],
    });
    await expect(app.authenticate(phone.accessToken)).rejects.toMatchObject(invalid);
    await app.authenticate(laptop.accessToken);
    const ids = [phone.actor.sessionId];
    expect(await app.events(laptop.me.id)).toEqual([
      { type: 'session:revoked', body: { sessionIds: ids }, effect: { disconnect: ids } },
    ]);
    await expect(app.call(auth.revokeSession, input, { actor: laptop.actor })).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await app.events(laptop.me.id)).toHaveLength(1);
  });

  it('of others are not found, and stay signed in', async () => {
    const [ann, bob] = [await app.person(), await app.person()];
    for (const sessionId of [bob.actor.sessionId, randomUUID()]) {
      await expect(app.call(auth.revokeSession, { sessionId }, { actor: ann.actor })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    await app.authenticate(bob.accessToken);
    expect((await app.call(auth.sessions, {}, { actor: ann.actor })).items).toHaveLength(1);
  });

  it('end on this device with a sign-out', async () => {
    const laptop = await app.person();
    const phone = await app.signIn(laptop.email);
    const { cookies } = await app.callWithCookies(auth.logout, {}, { actor: laptop.actor });
    expect(cookies).toEqual(['clear']);
    await expect(app.authenticate(laptop.accessToken)).rejects.toMatchObject(invalid);
    await app.authenticate(phone.accessToken);
  });

  it('end on all devices with a sign-out everywhere', async () => {
    const laptop = await app.person();
    const phone = await app.signIn(laptop.email);
    const { cookies } = await app.callWithCookies(auth.logoutAll, {}, { actor: laptop.actor });
    expect(cookies).toEqual(['clear']);
    for (const { accessToken, refreshToken } of [laptop, phone]) {
      await expect(app.authenticate(accessToken)).rejects.toMatchObject(invalid);
      await expect(app.call(auth.refresh, { refreshToken })).rejects.toMatchObject(invalid);
    }
    const [event] = await app.events(laptop.me.id);
    const ids = [laptop.actor.sessionId, phone.actor.sessionId].sort();
    const effect = event?.effect as { disconnect: string[] } | undefined;
    expect(effect?.disconnect.toSorted()).toEqual(ids);
    await app.authenticate((await app.signIn(laptop.email)).accessToken);
  });
});

it.each([false, true])('A18 end together with API tokens if that is requested: %s', async (revokeTokens) => {
  const { actor, me } = await app.verifiedPerson();
  const { secret } = await app.call(tokens.create, { name: 'Backup', scopes: ['read'] }, { actor });
  await app.call(auth.logoutAll, { revokeTokens }, { actor });
  const used = app.authenticate(String(secret));
  if (revokeTokens) await expect(used).rejects.toMatchObject(invalid);
  else await expect(used).resolves.toMatchObject({ userId: me.id });
});

describe('the authenticator', () => {
  it('reads role, verification and status on every call', async () => {
    const ann = await app.person();
    await app.query("update account set role = 'admin', email_verified_at = now() where id = $1", [ann.me.id]);
    expect(await app.authenticate(ann.accessToken)).toMatchObject({ role: 'admin', emailVerified: true });
    await app.query('update account set disabled_at = now() where id = $1', [ann.me.id]);
    await expect(app.authenticate(ann.accessToken)).rejects.toMatchObject(invalid);
  });

  it('refuses tokens of an older version and of nobody', async () => {
    const ann = await app.person();
    await app.query('update account set token_version = token_version + 1 where id = $1', [ann.me.id]);
    await expect(app.authenticate(ann.accessToken)).rejects.toMatchObject(invalid);
    const claims = { userId: randomUUID(), sessionId: ann.actor.sessionId, tokenVersion: 2 };
    await expect(app.authenticate(await app.keyring.sign(claims))).rejects.toMatchObject(invalid);
  });
});

it('authenticates before it answers anything', async () => {
  for (const operation of [users.me, auth.sessions, auth.logout, auth.logoutAll, auth.resendVerification]) {
    await expect(app.call(operation, {})).rejects.toMatchObject({ code: 'unauthenticated' });
  }
});
