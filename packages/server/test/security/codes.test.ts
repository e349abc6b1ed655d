import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CodeUser, codeUser, statuses } from './code-user.ts';
import { concurrently, startExternalApp, type Wire, waitForMail } from './external-app.ts';

const AT_ONCE = 20;

let wire: Wire;
let user: CodeUser;
beforeAll(async () => {
  wire = await startExternalApp();
  user = codeUser(wire);
});
afterAll(() => wire.close());

describe('S14 a mailed code', () => {
  it('has six digits, is hashed, and is valid once, for its own sign-in, account and purpose only', async () => {
    const [ann, bob] = [await wire.app.person('Ann'), await wire.app.person('Bob')];
    for (const person of [ann, bob]) await user.withMail(person);
    const [first, other] = [(await user.login(ann.email)).challenge.id, (await user.login(bob.email)).challenge.id];
    const code = await user.lastCode(ann.email, 'is your code');
    expect(code).toMatch(/^\d{6}$/);
    expect(JSON.stringify(await user.query('select * from sign_in_challenge'))).not.toContain(code);
    expect((await user.verifyOtp(other, code)).status).toBe(401);
    const second = (await user.login(ann.email)).challenge.id;
    const newer = await user.lastCode(ann.email, 'is your code');
    if (newer !== code) expect((await user.verifyOtp(second, code)).status).toBe(401);
    const { accessToken: token } = ann;
    expect((await wire.send('POST', '/auth/verify-email', { token, body: { otp: code } })).status).toBe(400);
    expect((await user.verifyOtp(first, code)).status).toBe(200);
    expect((await user.verifyOtp(first, code)).status).toBe(401);
    expect((await user.verifyOtp(second, newer)).status).toBe(200);
  });

  it('is replaced by the next one, and expires after five minutes', async () => {
    const ann = await wire.app.person('Ann');
    await user.withMail(ann);
    const id = (await user.login(ann.email)).challenge.id;
    const older = await user.lastCode(ann.email, 'is your code');
    await user.query("update sign_in_challenge set code_sent_at = code_sent_at - interval '61 seconds'");
    expect((await wire.send('POST', '/auth/verify-otp/resend', { body: { challengeId: id } })).status).toBe(200);
    const newer = await user.lastCode(ann.email, 'is your code');
    if (newer !== older) expect((await user.verifyOtp(id, older)).status).toBe(401);
    await user.query("update sign_in_challenge set code_sent_at = code_sent_at - interval '301 seconds'");
    expect((await user.verifyOtp(id, newer)).status).toBe(401);
  });

  it('is accepted from one of twenty parallel right answers, and not after five wrong ones', async () => {
    const ann = await wire.app.person('Ann');
    await user.withMail(ann);
    const id = (await user.login(ann.email)).challenge.id;
    const code = await user.lastCode(ann.email, 'is your code');
    expect(statuses(await concurrently(AT_ONCE, () => user.verifyOtp(id, code)))).toEqual({ 200: 1, 401: AT_ONCE - 1 });
    const next = (await user.login(ann.email)).challenge.id;
    const right = await user.lastCode(ann.email, 'is your code');
    const wrong = right === '000000' ? '000001' : '000000';
    expect(statuses(await concurrently(AT_ONCE, () => user.verifyOtp(next, wrong)))).toEqual({
      401: 5,
      429: AT_ONCE - 5,
    });
    const sixth = await user.verifyOtp(next, right);
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(500);
  });
});

describe('S16 an authenticator app', () => {
  it('gives codes that can be used once, within one step of now, and recovery codes that can be used once', async () => {
    const ann = await wire.app.person('Ann');
    const { secret, recoveryCodes } = await user.withApp(ann);
    expect(recoveryCodes).toHaveLength(10);
    const seconds = Math.floor(Date.now() / 1000);
    const signIn = async (code: string) =>
      (await user.verifyOtp((await user.login(ann.email)).challenge.id, code)).status;
    // Two steps off, in either half of a step.
    expect(await signIn(generateSync({ secret, epoch: seconds - 75 }))).toBe(401);
    expect(await signIn(generateSync({ secret, epoch: seconds + 75 }))).toBe(401);
    const code = generateSync({ secret });
    expect(await signIn(code)).toBe(200);
    expect(await signIn(code)).toBe(401);
    const [recovery = ''] = recoveryCodes;
    expect(await signIn(recovery)).toBe(200);
    expect(await signIn(recovery)).toBe(401);
    expect((await wire.send('GET', '/auth/2fa', { token: ann.accessToken })).body).toMatchObject({ recoveryCodes: 9 });
  });
});

describe('S17 a password-reset link', () => {
  /** Requests one, and reads the token from the mail. */
  async function linkFor(email: string): Promise<string> {
    const before = wire.app.mails.length;
    await wire.send('POST', '/auth/forgot-password', { body: { email } });
    return waitForMail(wire.app, email, /#token=([\w-]+)/, before);
  }
  const reset = (token: string, password = 'a wholly new phrase') =>
    wire.send('POST', '/auth/reset-password', { body: { token, password } });

  it('has 32 random bytes, is stored as a hash, works once and for an hour, and ends all sessions', async () => {
    const ann = await wire.app.person('Ann');
    const token = await linkFor(ann.email);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const stored = JSON.stringify(await user.query('select * from account_link, audit_log'), (_key, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64url') : value,
    );
    expect(stored).not.toContain(token);
    expect((await reset(token)).status).toBe(200);
    expect((await reset(token)).status).toBe(400);
    expect((await wire.send('GET', '/users/me', { token: ann.accessToken })).status).toBe(401);
    const { refreshToken } = ann;
    expect((await wire.send('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    const late = await linkFor(ann.email);
    await user.query(
      "update account_link set created_at = created_at - interval '2 hours', expires_at = expires_at - interval '1 hour'",
    );
    expect((await reset(late)).status).toBe(400);
  });

  it('does not skip the second factor', async () => {
    const ann = await wire.app.person('Ann');
    await user.withApp(ann);
    const answer = await reset(await linkFor(ann.email));
    expect(answer.body).toEqual({});
    expect(answer.jar).toEqual({});
    const signedIn = await user.login(ann.email, 'a wholly new phrase');
    expect(signedIn).toEqual({ challenge: expect.objectContaining({ methods: ['totp', 'recovery'] }) });
  });
});
