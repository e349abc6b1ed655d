import { auth } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appCode, withApp, withMailedCodes } from '../test/authenticator.ts';
import { type IdentityApp, identityApp, PASSWORD, type Person } from '../test/identity-app.ts';

let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp();
});
afterAll(() => app.close());

const aged = (person: Person) =>
  app.query("update session set created_at = created_at - interval '11 minutes' where account_id = $1", [person.me.id]);
const status = (person: Person) => app.call(auth.twoFactor, {}, { actor: person.actor });

describe('enabling a second factor', () => {
  it('requires a verified address: otherwise a stranger could shut out its owner', async () => {
    const { actor } = await app.person();
    for (const method of ['totp', 'email'] as const) {
      await expect(app.call(auth.enableTwoFactor, { method }, { actor })).rejects.toMatchObject({
        code: 'unverified_email',
      });
    }
  });

  it('changes nothing until the first code was entered', async () => {
    const ann = await app.verifiedPerson();
    const { actor } = ann;
    const begun = await app.call(auth.enableTwoFactor, {}, { actor });
    expect(begun).toEqual({ method: 'totp', secret: expect.any(String), uri: expect.stringMatching(/^otpauth:/) });
    expect(await status(ann)).toEqual({ methods: [], recoveryCodes: 0 });
    await expect(app.signIn(ann.email)).resolves.toBeDefined();
    const wrong = { code: appCode(String(begun.secret), 5) };
    await expect(app.call(auth.confirmTwoFactor, wrong, { actor })).rejects.toMatchObject({ code: 'code_wrong' });
    // In the format that apps show.
    const right = { code: appCode(String(begun.secret)).replace(/^.../, '$& ') };
    expect((await app.call(auth.confirmTwoFactor, right, { actor })).recoveryCodes).toHaveLength(10);
    expect(await status(ann)).toEqual({ methods: ['totp'], recoveryCodes: 10 });
    await expect(app.call(auth.confirmTwoFactor, right, { actor })).rejects.toMatchObject({ code: 'code_wrong' });
    await expect(app.call(auth.enableTwoFactor, {}, { actor })).rejects.toMatchObject({ code: 'conflict' });
    expect((await app.audit(ann.me.id)).at(-1)).toMatchObject({ kind: 'two_factor_enabled', request_id: 'test' });
    expect((await app.mails(ann.email)).at(-1)).toMatchObject({ subject: 'Two-factor authentication was enabled' });
  });

  it('requires the password when the sign-in was long ago', async () => {
    const ann = await app.verifiedPerson();
    const { actor } = ann;
    await aged(ann);
    await expect(app.call(auth.enableTwoFactor, {}, { actor })).rejects.toMatchObject({
      code: 'reauthentication_required',
      status: 403,
    });
    await expect(app.call(auth.enableTwoFactor, { password: 'wrong horse battery' }, { actor })).rejects.toMatchObject({
      code: 'password_wrong',
    });
    await expect(app.call(auth.enableTwoFactor, { password: PASSWORD }, { actor })).resolves.toBeDefined();
  });

  it('keeps a pending secret for fifteen minutes', async () => {
    const ann = await app.verifiedPerson();
    const { secret = '' } = await app.call(auth.enableTwoFactor, {}, { actor: ann.actor });
    await app.query('update two_factor set pending_until = now() where account_id = $1', [ann.me.id]);
    const input = { code: appCode(secret) };
    await expect(app.call(auth.confirmTwoFactor, input, { actor: ann.actor })).rejects.toMatchObject({
      code: 'code_wrong',
    });
  });
});

describe('disabling it', () => {
  it('requires the password and a code, even after a recent sign-in', async () => {
    const ann = await app.verifiedPerson();
    const { actor } = ann;
    const { secret } = await withApp(app, ann);
    const code = appCode(secret);
    await expect(app.call(auth.disableTwoFactor, { code }, { actor })).rejects.toMatchObject({
      code: 'reauthentication_required',
    });
    await expect(app.call(auth.disableTwoFactor, { code, password: 'wrong horse' }, { actor })).rejects.toMatchObject({
      code: 'password_wrong',
    });
    const wrong = { code: appCode(secret, 5), password: PASSWORD };
    await expect(app.call(auth.disableTwoFactor, wrong, { actor })).rejects.toMatchObject({ code: 'code_wrong' });
    const { challenge } = await app.call(auth.login, { email: ann.email, password: PASSWORD });
    await app.call(auth.disableTwoFactor, { code, password: PASSWORD }, { actor });
    expect(await status(ann)).toEqual({ methods: [], recoveryCodes: 0 });
    await expect(app.signIn(ann.email)).resolves.toBeDefined();
    const late = { challengeId: String(challenge?.id), code: appCode(secret, 1) };
    await expect(app.call(auth.verifyOtp, late)).rejects.toMatchObject({ code: 'challenge_failed' });
    const again = { code: appCode(secret, 1), password: PASSWORD };
    await expect(app.call(auth.disableTwoFactor, again, { actor })).rejects.toMatchObject({ code: 'conflict' });
    expect((await app.audit(ann.me.id)).map(({ kind }) => kind)).toContain('two_factor_disabled');
  });

  it('works with a code that is mailed for it', async () => {
    const ann = await app.verifiedPerson();
    const { actor } = ann;
    await expect(app.call(auth.sendTwoFactorCode, {}, { actor })).rejects.toMatchObject({ code: 'conflict' });
    await withMailedCodes(app, ann);
    await app.call(auth.sendTwoFactorCode, {}, { actor });
    const input = { password: PASSWORD, code: await app.code(ann.email) };
    const results = await Promise.allSettled(
      Array.from({ length: 5 }, () => app.call(auth.disableTwoFactor, input, { actor })),
    );
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});

it('replaces the recovery codes', async () => {
  const ann = await app.verifiedPerson();
  const { actor } = ann;
  const { recoveryCodes } = await withApp(app, ann);
  const fresh = await app.call(auth.renewRecoveryCodes, { code: String(recoveryCodes[0]) }, { actor });
  expect(fresh.recoveryCodes).toHaveLength(10);
  const old = { code: String(recoveryCodes[1]) };
  await expect(app.call(auth.renewRecoveryCodes, old, { actor })).rejects.toMatchObject({ code: 'code_wrong' });
  const code = String(fresh.recoveryCodes[9]);
  await expect(app.call(auth.renewRecoveryCodes, { code }, { actor })).resolves.toBeDefined();
});
