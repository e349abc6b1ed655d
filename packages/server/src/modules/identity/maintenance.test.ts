import { admin, auth } from '@atrium/protocol';
import { generateSync } from 'otplib';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyring } from './keys/keyring.ts';
import { maintain } from './maintenance.ts';
import { type IdentityApp, identityApp, PASSWORD, type Person } from './test/identity-app.ts';
import { resealAll } from './two-factor/reseal.ts';

const DAY_MS = 24 * 3_600_000;

let app: IdentityApp;
let boss: Person;
beforeAll(async () => {
  app = await identityApp();
  boss = await app.person();
});
afterAll(() => app.close());

const later = (days: number) => ({ now: () => new Date(Date.now() + days * DAY_MS) });
const log = pino({ level: 'silent' });
const modules = { all: () => [{ resealSecrets: resealAll }] };
const run = (days: number) =>
  maintain({ database: app.database, keyring: app.keyring, clock: later(days), log, modules });
const kidOf = (token: string) => JSON.parse(Buffer.from(String(token.split('.')[0]), 'base64url').toString()).kid;
const rotations = () => app.query("select actor_id, request_id from audit_log where kind = 'keys_rotated' order by id");

describe('signing keys', () => {
  it('are rotated automatically after 90 days, once, and nobody is signed out', async () => {
    const before = await app.signIn(boss.email);
    await run(89);
    expect(kidOf((await app.signIn(boss.email)).accessToken)).toBe(kidOf(before.accessToken));
    await Promise.all([run(91), run(91)]);
    const rotated = await rotations();
    expect(rotated.length).toBeGreaterThanOrEqual(1);
    expect(rotated[0]).toEqual({ actor_id: null, request_id: 'maintenance' });
    expect(kidOf((await app.signIn(boss.email)).accessToken)).not.toBe(kidOf(before.accessToken));
    await expect(app.authenticate(before.accessToken)).resolves.toMatchObject({ userId: boss.me.id });
  });

  it('can be rotated by an admin at any time', async () => {
    const before = await app.signIn(boss.email);
    await app.call(admin.rotateKeys, {}, { actor: boss.actor });
    expect(kidOf((await app.signIn(boss.email)).accessToken)).not.toBe(kidOf(before.accessToken));
    await expect(app.authenticate(before.accessToken)).resolves.toBeDefined();
    expect((await rotations()).at(-1)).toMatchObject({ actor_id: boss.me.id });
    const ann = await app.person();
    await expect(app.call(admin.rotateKeys, {}, { actor: ann.actor })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('SE-5 authenticator secrets', () => {
  it('are sealed again under a new key, and the app still gives valid codes', async () => {
    const ann = await app.verifiedPerson();
    const { secret = '' } = await app.call(auth.enableTwoFactor, { password: PASSWORD }, { actor: ann.actor });
    await app.call(auth.confirmTwoFactor, { code: generateSync({ secret }) }, { actor: ann.actor });
    const sealed = async () =>
      (await app.query('select totp_sealed from two_factor where account_id = $1', [ann.me.id]))[0]
        ?.totp_sealed as Buffer;
    const before = await sealed();
    await app.keyring.rotate();
    await resealAll(app.database.db, app.keyring);
    expect(await sealed()).toEqual(before);
    const future = await createKeyring({ directory: app.secretsDir, clock: later(1) });
    expect(await resealAll(app.database.db, future)).toBeGreaterThanOrEqual(1);
    expect(await resealAll(app.database.db, future)).toBe(0);
    const after = await sealed();
    expect(after).not.toEqual(before);
    const { challenge } = await app.call(auth.login, { email: ann.email, password: PASSWORD });
    const code = generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + 30 });
    await expect(app.call(auth.verifyOtp, { challengeId: challenge?.id ?? '', code })).resolves.toMatchObject({
      accessToken: expect.any(String),
    });
  });
});

describe('the audit log', () => {
  it.each([
    ['change', "update audit_log set kind = 'other'"],
    ['removal', 'delete from audit_log'],
    ['emptying', 'truncate audit_log'],
  ])('S47 refuses every %s', async (_name, statement) => {
    const before = await app.query('select * from audit_log');
    await expect(app.query(statement)).rejects.toThrow('audit_log is append-only');
    expect(await app.query('select * from audit_log')).toEqual(before);
  });

  it('deletes what is older than a year, and nothing else', async () => {
    const insert = `insert into audit_log (id, at, kind, ip, user_agent) select gen_random_uuid(), now() - age, 'old', '', ''
      from unnest(array[interval '364 days', interval '367 days', interval '900 days']) as age`;
    await app.query(insert);
    const count = async () => (await app.query('select count(*)::int as count from audit_log'))[0]?.count as number;
    const before = await count();
    await run(0);
    expect(await count()).toBe(before - 2);
  });

  it('S47 writes one entry per action, whatever is sent', async () => {
    const userAgent = 'Phone\r\n2026-01-01 admin signed in\u0000';
    const { actor } = await app.signIn(boss.email, { userAgent });
    const [row] = await app.query('select user_agent, request_id from audit_log where target_id = $1', [
      actor.sessionId,
    ]);
    expect(row).toEqual({ user_agent: 'Phone  2026-01-01 admin signed in', request_id: 'test' });
  });
});
