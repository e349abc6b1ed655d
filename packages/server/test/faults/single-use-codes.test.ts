import { createHash, randomBytes } from 'node:crypto';
import { generateSync } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CodeUser, codeUser, statuses } from '../security/code-user.ts';
import { concurrently, startExternalApp, type Wire } from '../security/external-app.ts';
import { shortOrLong } from './harness/run-length.ts';

/** Many try to use the last use of a code at once, repeatedly: never one too many succeeds. */
const AT_ONCE = 20;
const ROUNDS = shortOrLong(15, 50);

let wire: Wire;
let user: CodeUser;
beforeAll(async () => {
  wire = await startExternalApp();
  user = codeUser(wire);
});
afterAll(() => wire.close());

test('S45 uses of a verification code', async () => {
  const ann = await wire.app.person('Ann');
  for (let round = 0; round < ROUNDS; round += 1) {
    await user.query('update account set email_verified_at = null where id = $1', [ann.userId]);
    await ann.call('auth.resendVerification', {});
    const otp = await user.lastCode(ann.email, 'is your verification code');
    const answers = await concurrently(AT_ONCE, () =>
      wire.send('POST', '/auth/verify-email', { token: ann.accessToken, body: { otp } }),
    );
    expect(statuses(answers)).toEqual({ 200: 1, 400: AT_ONCE - 1 });
  }
});

test('S45 tries of a verification code', async () => {
  const ann = await wire.app.person('Ann', { verified: false });
  for (let round = 0; round < ROUNDS; round += 1) {
    await ann.call('auth.resendVerification', {});
    const right = await user.lastCode(ann.email, 'is your verification code');
    const wrong = right === '000000' ? '000001' : '000000';
    const token = ann.accessToken;
    await concurrently(AT_ONCE, () => wire.send('POST', '/auth/verify-email', { token, body: { otp: wrong } }));
    expect(await user.query('select tries from email_code where account_id = $1', [ann.userId])).toEqual([
      { tries: 5 },
    ]);
    expect((await wire.send('POST', '/auth/verify-email', { token, body: { otp: right } })).status).toBe(400);
  }
});

test('S45 uses of a recovery code and of a code of the app', async () => {
  const ann = await wire.app.person('Ann');
  const { secret, recoveryCodes } = await user.withApp(ann);
  for (let round = 0; round < ROUNDS; round += 1) {
    const recovery = recoveryCodes[round];
    if (recovery === undefined) await user.query('update two_factor set totp_last_step = 0');
    const challenges = [(await user.login(ann.email)).challenge.id, (await user.login(ann.email)).challenge.id];
    const code = recovery ?? generateSync({ secret });
    const answers = await concurrently(AT_ONCE, (at) => user.verifyOtp(String(challenges[at % 2]), code));
    expect(statuses(answers)[200]).toBe(1);
    // Those that came too late count as wrong tries.
    await user.query('update two_factor set failures = 0, failures_since = null');
  }
});

test('S45 uses of a password-reset link', async () => {
  const ann = await wire.app.person('Ann');
  for (let round = 0; round < shortOrLong(5, 10); round += 1) {
    const token = randomBytes(32).toString('base64url');
    await user.query(
      `insert into account_link (account_id, purpose, token_hash, created_at, expires_at)
       values ($1, 'reopen_sign_in', $2, now(), now() + interval '1 hour')`,
      [ann.userId, createHash('sha256').update(token).digest()],
    );
    const answers = await concurrently(AT_ONCE, () => wire.send('POST', '/auth/reopen-sign-in', { body: { token } }));
    expect(statuses(answers)).toEqual({ 200: 1, 400: AT_ONCE - 1 });
  }
});
