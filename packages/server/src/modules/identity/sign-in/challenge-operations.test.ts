import { auth, type InputOf } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appCode, withApp, withMailedCodes } from '../test/authenticator.ts';
import { type Caller, type IdentityApp, identityApp, PASSWORD } from '../test/identity-app.ts';

let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp();
});
afterAll(() => app.close());

const failed = { code: 'challenge_failed', status: 401 };
const limited = { code: 'rate_limited', status: 429 };

async function begin(email: string, fields: Partial<InputOf<typeof auth.login>> = {}) {
  const answer = await app.call(auth.login, { email, password: PASSWORD, ...fields });
  if (answer.challenge === undefined) throw new Error('No second factor was required.');
  return { ...answer.challenge, answer };
}
const finish = (challengeId: string, code: string, caller?: Caller) =>
  app.call(auth.verifyOtp, { challengeId, code }, caller);
const other = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a second factor', () => {
  it('is required only after the right password, and then no tokens are returned', async () => {
    const ann = await app.verifiedPerson();
    await withApp(app, ann);
    await expect(app.call(auth.login, { email: ann.email, password: 'wrong horse battery' })).rejects.toMatchObject({
      code: 'invalid_credentials',
    });
    const { id, answer } = await begin(ann.email);
    expect(answer).toEqual({
      challenge: { id: expect.any(String), methods: ['totp', 'recovery'], expiresAt: expect.any(String) },
    });
    await expect(app.authenticate(id)).rejects.toMatchObject({ code: 'invalid_token' });
    expect(await app.query('select id from session where account_id = $1', [ann.me.id])).toHaveLength(1);
    expect(JSON.stringify(await app.query('select sign_in_challenge::text from sign_in_challenge'))).not.toContain(id);
  });

  it('opens the session with the options of the login', async () => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const { id } = await begin(ann.email, { transport: 'cookie', remember: true });
    const input = { challengeId: id, code: appCode(secret) };
    const { output, cookies } = await app.callWithCookies(auth.verifyOtp, input);
    expect(output).toEqual({ user: ann.me, expiresIn: 900 });
    expect(cookies).toMatchObject([{ set: { refreshSeconds: 30 * 24 * 3600 } }]);
  });

  it('returns tokens that work, and is in the audit log', async () => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const { accessToken = '', user } = await finish((await begin(ann.email)).id, appCode(secret));
    expect(user).toEqual(ann.me);
    await expect(app.authenticate(accessToken)).resolves.toMatchObject({ userId: ann.me.id });
    expect((await app.audit(ann.me.id)).at(-1)).toMatchObject({ kind: 'sign_in', details: { secondFactor: 'totp' } });
  });

  it('S16 accepts a code of the app once, also for another sign-in', async () => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const [first, second] = [await begin(ann.email), await begin(ann.email)];
    const code = appCode(secret);
    await finish(first.id, code);
    await expect(finish(first.id, code)).rejects.toMatchObject(failed);
    await expect(finish(second.id, code)).rejects.toMatchObject(failed);
    await expect(finish(second.id, appCode(secret, 1))).resolves.toBeDefined();
  });

  it('S14 accepts exactly one of twenty parallel right answers', async () => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const { id } = await begin(ann.email);
    const answers = await Promise.allSettled(Array.from({ length: 20 }, () => finish(id, appCode(secret))));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    for (const answer of answers) {
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject(failed);
    }
  });

  it('S14 is refused after five wrong answers, also for new sign-ins, and however parallel', async () => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const [first, second] = [await begin(ann.email), await begin(ann.email)];
    const wrong = other(appCode(secret, 2));
    const answers = await Promise.allSettled(
      Array.from({ length: 12 }, (_, at) => finish(at % 2 === 0 ? first.id : second.id, wrong)),
    );
    const codes = answers.map((answer) => answer.status === 'rejected' && answer.reason.code);
    expect(codes.filter((code) => code === 'challenge_failed')).toHaveLength(5);
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(7);
    const error = await finish((await begin(ann.email)).id, appCode(secret)).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(limited);
    expect((error as { details: { retryAfterMs: number } }).details.retryAfterMs).toBeGreaterThan(14 * 60_000);
    const earlier =
      "update two_factor set failures_since = failures_since - interval '15 minutes' where account_id = $1";
    await app.query(earlier, [ann.me.id]);
    await expect(finish((await begin(ann.email)).id, appCode(secret))).resolves.toBeDefined();
  });

  it('refuses a sign-in that has had five tries, whatever the person does elsewhere', async () => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const stolen = await begin(ann.email);
    for (let at = 0; at < 4; at += 1) {
      await expect(finish(stolen.id, other(appCode(secret, 2)))).rejects.toMatchObject(failed);
    }
    await finish((await begin(ann.email)).id, appCode(secret));
    await expect(finish(stolen.id, other(appCode(secret, 2)))).rejects.toMatchObject(failed);
    await expect(finish(stolen.id, appCode(secret, 1))).rejects.toMatchObject(limited);
  });

  it.each([
    [
      'has expired',
      "update sign_in_challenge set expires_at = now() - interval '1 minute', created_at = now() - interval '1 hour'",
    ],
    ['is of a disabled account', 'update account set disabled_at = now()'],
  ])('is refused when the sign-in %s', async (_name, change) => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const { id } = await begin(ann.email);
    await app.query(`${change} where ${change.includes('account set') ? 'id' : 'account_id'} = $1`, [ann.me.id]);
    await expect(finish(id, appCode(secret))).rejects.toMatchObject(failed);
  });

  it('S14 of one person does not complete the sign-in of another', async () => {
    const [ann, bob] = [await app.verifiedPerson(), await app.verifiedPerson()];
    const annFactor = await withApp(app, ann);
    await withApp(app, bob);
    await expect(finish((await begin(bob.email)).id, appCode(annFactor.secret))).rejects.toMatchObject(failed);
    await expect(finish('x', appCode(annFactor.secret))).rejects.toMatchObject(failed);
  });
});

describe('a recovery code', () => {
  it('S16 signs in once, however it is typed, and the person is notified by mail', async () => {
    const ann = await app.verifiedPerson();
    const { recoveryCodes } = await withApp(app, ann);
    const [code = '', next = ''] = recoveryCodes;
    expect(recoveryCodes).toHaveLength(10);
    await finish((await begin(ann.email)).id, code.toUpperCase().replaceAll('-', ' '));
    await expect(finish((await begin(ann.email)).id, code)).rejects.toMatchObject(failed);
    await expect(finish((await begin(ann.email)).id, next)).resolves.toBeDefined();
    expect((await app.mails(ann.email)).at(-1)).toMatchObject({ subject: 'A recovery code was used' });
    expect(await app.call(auth.twoFactor, {}, { actor: ann.actor })).toEqual({ methods: ['totp'], recoveryCodes: 8 });
  });

  it('is stored as a keyed hash only', async () => {
    const ann = await app.verifiedPerson();
    const { recoveryCodes, secret } = await withApp(app, ann);
    const tables = ['two_factor', 'recovery_code', 'audit_log', 'mail'];
    const rows = await Promise.all(tables.map((table) => app.query(`select x::text from ${table} x`)));
    const stored = JSON.stringify(rows);
    for (const code of [...recoveryCodes, secret, Buffer.from(secret).toString('hex')]) {
      expect(stored).not.toContain(code);
      expect(stored).not.toContain(code.replaceAll('-', ''));
    }
  });
});

describe('a mailed code', () => {
  it('is sent automatically if there is no better method, recommends an app, and works once', async () => {
    const ann = await app.verifiedPerson();
    await withMailedCodes(app, ann);
    const { id, methods } = await begin(ann.email);
    expect(methods).toEqual(['email', 'recovery']);
    expect(String((await app.mails(ann.email)).at(-1)?.text)).toContain('An authenticator app is safer');
    const code = await app.code(ann.email);
    await expect(finish(id, other(code))).rejects.toMatchObject(failed);
    await expect(finish(id, code)).resolves.toMatchObject({ user: { id: ann.me.id } });
    await expect(finish(id, code)).rejects.toMatchObject(failed);
  });

  it('S14 is valid for its own sign-in only, and for nothing else', async () => {
    const ann = await app.verifiedPerson();
    await withMailedCodes(app, ann);
    const first = await begin(ann.email);
    const code = await app.code(ann.email);
    const second = await begin(ann.email);
    await expect(finish(second.id, code)).rejects.toMatchObject(failed);
    const { actor } = ann;
    await expect(app.call(auth.disableTwoFactor, { password: PASSWORD, code }, { actor })).rejects.toMatchObject({
      code: 'code_wrong',
    });
    await expect(app.call(auth.verifyEmail, { otp: code }, { actor })).rejects.toMatchObject({ code: 'code_wrong' });
    await expect(finish(first.id, code)).resolves.toBeDefined();
  });

  it('S14 expires after five minutes', async () => {
    const ann = await app.verifiedPerson();
    await withMailedCodes(app, ann);
    const { id } = await begin(ann.email);
    const earlier = "set code_sent_at = code_sent_at - interval '5 minutes' where account_id = $1";
    await app.query(`update sign_in_challenge ${earlier}`, [ann.me.id]);
    await expect(finish(id, await app.code(ann.email))).rejects.toMatchObject(failed);
  });

  it('S14 S15 can be mailed again after a minute, and the older one stops working', async () => {
    const ann = await app.verifiedPerson();
    await withMailedCodes(app, ann);
    const { id } = await begin(ann.email);
    const old = await app.code(ann.email);
    await expect(app.call(auth.resendOtp, { challengeId: id })).rejects.toMatchObject(limited);
    const earlier = "set code_sent_at = code_sent_at - interval '1 minute' where account_id = $1";
    await app.query(`update sign_in_challenge ${earlier}`, [ann.me.id]);
    await app.call(auth.resendOtp, { challengeId: id });
    const fresh = await app.code(ann.email);
    if (old !== fresh) await expect(finish(id, old)).rejects.toMatchObject(failed);
    await expect(finish(id, fresh)).resolves.toBeDefined();
  });

  it('is not sent if only an app is enabled, and is sent on request if both are', async () => {
    const ann = await app.verifiedPerson();
    const { secret } = await withApp(app, ann);
    const appOnly = await begin(ann.email);
    const before = (await app.mails(ann.email)).length;
    await app.call(auth.resendOtp, { challengeId: appOnly.id });
    expect(await app.mails(ann.email)).toHaveLength(before);
    expect(await withMailedCodes(app, ann)).toEqual([]);
    const mails = (await app.mails(ann.email)).length;
    const both = await begin(ann.email);
    expect(both.methods).toEqual(['totp', 'email', 'recovery']);
    expect(await app.mails(ann.email)).toHaveLength(mails);
    await app.call(auth.resendOtp, { challengeId: both.id });
    await expect(finish(both.id, await app.code(ann.email))).resolves.toBeDefined();
    await expect(finish(appOnly.id, appCode(secret))).resolves.toBeDefined();
  });
});

it('S15 is sent at most five times an hour to one account', async () => {
  const strict = await identityApp({}, { narrow: true });
  try {
    const ann = await strict.verifiedPerson();
    await withMailedCodes(strict, ann);
    const login = { email: ann.email, password: PASSWORD };
    for (let at = 0; at < 6; at += 1) await strict.call(auth.login, login, { ip: `192.0.2.${at + 10}` });
    const codes = (await strict.mails(ann.email)).filter((mail) => String(mail.subject).endsWith('is your code'));
    expect(codes).toHaveLength(5);
  } finally {
    await strict.close();
  }
});
