import { createHash, randomBytes } from 'node:crypto';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person } from '../app.ts';
import { atOnce, mailed, startWire, tally, type Wire, type WireAnswer } from './wire.ts';

const AT_ONCE = 20;
const ROUNDS = 50;

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire.close());

const query = async (text: string, values: unknown[] = []) => (await wire.app.database.pool.query(text, values)).rows;
const login = async (email: string, password = PASSWORD) =>
  (await wire.send('POST', '/auth/login', { body: { email, password } })).body;
const verifyOtp = (challengeId: string, code: string) =>
  wire.send('POST', '/auth/verify-otp', { body: { challengeId, code } });
const statuses = (answers: WireAnswer[]) => tally(answers.map(({ status }) => status));

/** Turns an authenticator app on. @returns its secret, and the recovery codes */
async function withApp(person: Person): Promise<{ secret: string; recoveryCodes: string[] }> {
  const token = person.accessToken;
  const { body } = await wire.send('POST', '/auth/2fa/enable', { token, body: { password: PASSWORD } });
  const code = generateSync({ secret: body.secret });
  const confirmed = await wire.send('POST', '/auth/2fa/confirm', { token, body: { code } });
  await query('update two_factor set totp_last_step = 0 where account_id = $1', [person.userId]);
  return { secret: body.secret, recoveryCodes: confirmed.body.recoveryCodes };
}

/** Lets codes be mailed when signing in. */
const withMail = (person: Person) =>
  query('insert into two_factor (account_id, email_enabled_at) values ($1, now())', [person.userId]);
const lastCode = async (email: string, subject: string) => {
  const [row] = await query('select subject from mail where to_address = $1 and subject like $2 order by id desc', [
    email,
    `%${subject}`,
  ]);
  return String(row?.subject).slice(0, 6);
};

describe('S14 a mailed code', () => {
  it('is six digits, hashed, and good for its own sign-in, account and purpose alone, once', async () => {
    const [ann, bob] = [await wire.app.person('Ann'), await wire.app.person('Bob')];
    for (const person of [ann, bob]) await withMail(person);
    const [first, other] = [(await login(ann.email)).challenge.id, (await login(bob.email)).challenge.id];
    const code = await lastCode(ann.email, 'is your code');
    expect(code).toMatch(/^\d{6}$/);
    expect(JSON.stringify(await query('select * from sign_in_challenge'))).not.toContain(code);
    expect((await verifyOtp(other, code)).status).toBe(401);
    const second = (await login(ann.email)).challenge.id;
    const newer = await lastCode(ann.email, 'is your code');
    if (newer !== code) expect((await verifyOtp(second, code)).status).toBe(401);
    const { accessToken: token } = ann;
    expect((await wire.send('POST', '/auth/verify-email', { token, body: { otp: code } })).status).toBe(400);
    expect((await verifyOtp(first, code)).status).toBe(200);
    expect((await verifyOtp(first, code)).status).toBe(401);
    expect((await verifyOtp(second, newer)).status).toBe(200);
  });

  it('dies with the next one, and after five minutes', async () => {
    const ann = await wire.app.person('Ann');
    await withMail(ann);
    const id = (await login(ann.email)).challenge.id;
    const older = await lastCode(ann.email, 'is your code');
    await query("update sign_in_challenge set code_sent_at = code_sent_at - interval '61 seconds'");
    expect((await wire.send('POST', '/auth/verify-otp/resend', { body: { challengeId: id } })).status).toBe(200);
    const newer = await lastCode(ann.email, 'is your code');
    if (newer !== older) expect((await verifyOtp(id, older)).status).toBe(401);
    await query("update sign_in_challenge set code_sent_at = code_sent_at - interval '301 seconds'");
    expect((await verifyOtp(id, newer)).status).toBe(401);
  });

  it('lets one of twenty parallel right answers in, and none after five wrong ones', async () => {
    const ann = await wire.app.person('Ann');
    await withMail(ann);
    const id = (await login(ann.email)).challenge.id;
    const code = await lastCode(ann.email, 'is your code');
    expect(statuses(await atOnce(AT_ONCE, () => verifyOtp(id, code)))).toEqual({ 200: 1, 401: AT_ONCE - 1 });
    const next = (await login(ann.email)).challenge.id;
    const right = await lastCode(ann.email, 'is your code');
    const wrong = right === '000000' ? '000001' : '000000';
    expect(statuses(await atOnce(AT_ONCE, () => verifyOtp(next, wrong)))).toEqual({ 401: 5, 429: AT_ONCE - 5 });
    const sixth = await verifyOtp(next, right);
    expect(sixth.status).toBe(429);
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(500);
  });
});

describe('S16 an authenticator app', () => {
  it('gives codes that count once, one step around now, and recovery codes that count once', async () => {
    const ann = await wire.app.person('Ann');
    const { secret, recoveryCodes } = await withApp(ann);
    expect(recoveryCodes).toHaveLength(10);
    const seconds = Math.floor(Date.now() / 1000);
    const signIn = async (code: string) => (await verifyOtp((await login(ann.email)).challenge.id, code)).status;
    // Two steps off, whichever half of a step it is now.
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

describe('S17 a link to set a password', () => {
  /** Asks, and takes the token from the mail. */
  async function linkFor(email: string): Promise<string> {
    const before = wire.app.mails.length;
    await wire.send('POST', '/auth/forgot-password', { body: { email } });
    return mailed(wire.app, /#token=([\w-]+)/, before);
  }
  const reset = (token: string, password = 'a wholly new phrase') =>
    wire.send('POST', '/auth/reset-password', { body: { token, password } });

  it('is 32 random bytes, kept as a hash, works once and for an hour, and ends all sessions', async () => {
    const ann = await wire.app.person('Ann');
    const token = await linkFor(ann.email);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    const stored = JSON.stringify(await query('select * from account_link, audit_log'), (_key, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64url') : value,
    );
    expect(stored).not.toContain(token);
    expect((await reset(token)).status).toBe(200);
    expect((await reset(token)).status).toBe(400);
    expect((await wire.send('GET', '/users/me', { token: ann.accessToken })).status).toBe(401);
    const { refreshToken } = ann;
    expect((await wire.send('POST', '/auth/refresh', { body: { refreshToken } })).status).toBe(401);
    const late = await linkFor(ann.email);
    await query(
      "update account_link set created_at = created_at - interval '2 hours', expires_at = expires_at - interval '1 hour'",
    );
    expect((await reset(late)).status).toBe(400);
  });

  it('does not skip the second factor', async () => {
    const ann = await wire.app.person('Ann');
    await withApp(ann);
    const answer = await reset(await linkFor(ann.email));
    expect(answer.body).toEqual({});
    expect(answer.jar).toEqual({});
    const signedIn = await login(ann.email, 'a wholly new phrase');
    expect(signedIn).toEqual({ challenge: expect.objectContaining({ methods: ['totp', 'recovery'] }) });
  });
});

describe(`S45 ${AT_ONCE} at once, ${ROUNDS} times over: never one too many`, () => {
  it('uses of a verification code', { timeout: 120_000 }, async () => {
    const ann = await wire.app.person('Ann');
    for (let round = 0; round < ROUNDS; round += 1) {
      await query('update account set email_verified_at = null where id = $1', [ann.userId]);
      await ann.call('auth.resendVerification', {});
      const otp = await lastCode(ann.email, 'is your verification code');
      const answers = await atOnce(AT_ONCE, () =>
        wire.send('POST', '/auth/verify-email', { token: ann.accessToken, body: { otp } }),
      );
      expect(statuses(answers)).toEqual({ 200: 1, 400: AT_ONCE - 1 });
    }
  });

  it('tries of a verification code', { timeout: 120_000 }, async () => {
    const ann = await wire.app.person('Ann', { verified: false });
    for (let round = 0; round < ROUNDS; round += 1) {
      await ann.call('auth.resendVerification', {});
      const right = await lastCode(ann.email, 'is your verification code');
      const wrong = right === '000000' ? '000001' : '000000';
      const token = ann.accessToken;
      await atOnce(AT_ONCE, () => wire.send('POST', '/auth/verify-email', { token, body: { otp: wrong } }));
      expect(await query('select tries from email_code where account_id = $1', [ann.userId])).toEqual([{ tries: 5 }]);
      expect((await wire.send('POST', '/auth/verify-email', { token, body: { otp: right } })).status).toBe(400);
    }
  });

  it('uses of a recovery code and of a code of the app', { timeout: 120_000 }, async () => {
    const ann = await wire.app.person('Ann');
    const { secret, recoveryCodes } = await withApp(ann);
    for (let round = 0; round < ROUNDS; round += 1) {
      const recovery = recoveryCodes[round];
      if (recovery === undefined) await query('update two_factor set totp_last_step = 0');
      const challenges = [(await login(ann.email)).challenge.id, (await login(ann.email)).challenge.id];
      const code = recovery ?? generateSync({ secret });
      const answers = await atOnce(AT_ONCE, (at) => verifyOtp(String(challenges[at % 2]), code));
      expect(statuses(answers)[200]).toBe(1);
      // Those that came too late were wrong tries.
      await query('update two_factor set failures = 0, failures_since = null');
    }
  });

  it('uses of a link to set a password', { timeout: 120_000 }, async () => {
    const ann = await wire.app.person('Ann');
    for (let round = 0; round < 10; round += 1) {
      const token = randomBytes(32).toString('base64url');
      await query(
        `insert into account_link (account_id, purpose, token_hash, created_at, expires_at)
         values ($1, 'reopen_sign_in', $2, now(), now() + interval '1 hour')`,
        [ann.userId, createHash('sha256').update(token).digest()],
      );
      const answers = await atOnce(AT_ONCE, () => wire.send('POST', '/auth/reopen-sign-in', { body: { token } }));
      expect(statuses(answers)).toEqual({ 200: 1, 400: AT_ONCE - 1 });
    }
  });
});
