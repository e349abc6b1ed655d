import { auth } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Caller, type IdentityApp, identityApp, type Person } from '../test/identity-app.ts';

let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp();
});
afterAll(() => app.close());

const refresh = (refreshToken: string, caller?: Caller) => app.call(auth.refresh, { refreshToken }, caller);
const invalid = { code: 'invalid_token', status: 401 };
const age = (person: Person, column: string, interval: string) =>
  app.query(`update session set ${column} = ${column} - $2::interval where id = $1`, [
    person.actor.sessionId,
    interval,
  ]);

describe('auth.refresh', () => {
  it('returns a new pair for the same session', async () => {
    const ann = await app.person();
    const next = await refresh(ann.refreshToken, { ip: '198.51.100.9', userAgent: 'Other/2' });
    expect(next).toEqual({ accessToken: expect.any(String), expiresIn: 900, refreshToken: expect.any(String) });
    expect(next.refreshToken).not.toBe(ann.refreshToken);
    const actor = await app.authenticate(String(next.accessToken));
    expect(actor).toMatchObject({ userId: ann.me.id, sessionId: ann.actor.sessionId });
    const { items } = await app.call(auth.sessions, {}, { actor });
    expect(items).toMatchObject([{ device: 'Other/2', ip: '198.51.100.9', current: true }]);
    await expect(refresh(String(next.refreshToken))).resolves.toMatchObject({ expiresIn: 900 });
  });

  it('F42 returns one and the same token to twenty parallel requests, and keeps the session', async () => {
    const ann = await app.person();
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(ann.refreshToken)));
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    for (const { accessToken } of answers) await app.authenticate(String(accessToken));
    await expect(refresh(String(answers[7]?.refreshToken))).resolves.toMatchObject({ expiresIn: 900 });
  });

  it('S7 repeats the same answer for 30 s', async () => {
    const ann = await app.person();
    const first = await refresh(ann.refreshToken);
    await age(ann, 'rotated_at', '29 seconds');
    expect((await refresh(ann.refreshToken)).refreshToken).toBe(first.refreshToken);
  });

  it.each([
    [
      'after the grace period',
      async (ann: Person) => {
        await refresh(ann.refreshToken);
        await age(ann, 'rotated_at', '31 seconds');
      },
    ],
    [
      'once its successor was used, even within the grace period',
      async (ann: Person) => {
        const next = await refresh(ann.refreshToken);
        await refresh(String(next.refreshToken));
      },
    ],
  ])('S6 S7 S8 ends the session of a spent token %s: that one only', async (_name, spend) => {
    const ann = await app.person();
    const other = await app.signIn(ann.email);
    await spend(ann);
    const before = await app.mails(ann.email);
    await expect(refresh(ann.refreshToken, { ip: '203.0.113.66' })).rejects.toMatchObject(invalid);
    await expect(app.authenticate(ann.accessToken)).rejects.toMatchObject(invalid);
    await app.authenticate(other.accessToken);
    const ids = [ann.actor.sessionId];
    expect(await app.events(ann.me.id)).toEqual([
      { type: 'session:revoked', body: { sessionIds: ids }, effect: { disconnect: ids } },
    ]);
    expect((await app.audit(ann.me.id)).at(-1)).toMatchObject({
      kind: 'refresh_token_reused',
      ip: '203.0.113.66',
      details: { sessionId: ann.actor.sessionId },
    });
    expect((await app.mails(ann.email)).slice(before.length)).toMatchObject([{ subject: 'A device was signed out' }]);
    // It has ended: trying again reveals nothing new, and changes nothing.
    await expect(refresh(ann.refreshToken)).rejects.toMatchObject(invalid);
    expect(await app.events(ann.me.id)).toHaveLength(1);
  });

  it.each([
    ['no token', ''],
    ['nonsense', 'nonsense'],
    ['a token of no family', Buffer.alloc(64, 7).toString('base64url')],
  ])('refuses %s', async (_name, token) => {
    const code = token === '' ? 'invalid_input' : 'invalid_token';
    await expect(refresh(token)).rejects.toMatchObject({ code });
  });

  it('S4 refuses an access token, and a refresh token as an access token', async () => {
    const ann = await app.person();
    await expect(refresh(ann.accessToken)).rejects.toMatchObject(invalid);
    await expect(app.authenticate(ann.refreshToken)).rejects.toMatchObject(invalid);
    await expect(refresh(ann.refreshToken)).resolves.toBeDefined();
  });

  it('S6 ends with the session, the account and after 90 days', async () => {
    const [ended, disabled, revoked] = [await app.person(), await app.person(), await app.person()];
    await app.query(
      "update session set created_at = now() - interval '9 days', expires_at = now() - interval '1 second' where id = $1",
      [ended.actor.sessionId],
    );
    await app.query('update account set disabled_at = now() where id = $1', [disabled.me.id]);
    await app.call(auth.logout, {}, { actor: revoked.actor });
    for (const person of [ended, disabled, revoked]) {
      await expect(refresh(person.refreshToken)).rejects.toMatchObject(invalid);
      await expect(app.authenticate(person.accessToken)).rejects.toMatchObject(invalid);
    }
  });

  it('S6 never extends a session beyond 90 days', async () => {
    const ann = await app.signIn((await app.register()).email, {}, true);
    const eightyDays = "created_at = now() - interval '80 days', expires_at = now() + interval '5 days'";
    await app.query(`update session set ${eightyDays} where id = $1`, [ann.actor.sessionId]);
    const { cookies } = await app.callWithCookies(auth.refresh, {}, { refreshCookie: ann.refreshToken });
    expect(cookies).toMatchObject([{ set: { accessSeconds: 900 } }]);
    const [row] = await app.query('select created_at, expires_at from session where id = $1', [ann.actor.sessionId]);
    const lasts = (row!.expires_at as Date).getTime() - (row!.created_at as Date).getTime();
    expect(lasts).toBe(90 * 86_400_000);
    expect((cookies[0] as { set: { refreshSeconds: number } }).set.refreshSeconds).toBeLessThanOrEqual(10 * 86_400);
  });

  it('exchanges the cookie if the body has no token, and then answers with cookies only', async () => {
    const ann = await app.person();
    const { output, cookies } = await app.callWithCookies(auth.refresh, {}, { refreshCookie: ann.refreshToken });
    expect(output).toEqual({ expiresIn: 900 });
    expect(cookies).toEqual([{ set: expect.objectContaining({ refreshToken: expect.any(String) }) }]);
    await expect(app.call(auth.refresh, {})).rejects.toMatchObject(invalid);
  });
});
