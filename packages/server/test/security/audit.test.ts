import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person } from '../app.ts';
import { startExternalApp, type Wire, waitForMail } from './external-app.ts';

let wire: Wire;
let boss: Person;
beforeAll(async () => {
  wire = await startExternalApp();
  boss = await wire.app.person('Boss');
});
afterAll(() => wire.close());

const query = async (text: string, values: unknown[] = []) => (await wire.app.database.pool.query(text, values)).rows;
const USER_AGENT = 'Phone/1';
const headers = { 'user-agent': USER_AGENT };

/** Makes a call over REST. @returns its entries in the audit log, which must have this request's id */
async function trace(method: string, route: string, body?: object, token?: string) {
  const [before] = await query('select count(*)::int as count from audit_log');
  const answer = await wire.send(method, route, { ...(body && { body }), token, headers });
  const rows = await query('select * from audit_log order by id offset $1', [before.count]);
  const requestId = answer.headers.get('x-request-id');
  for (const row of rows) {
    expect(row).toMatchObject({ request_id: requestId, ip: '127.0.0.1', user_agent: USER_AGENT });
    expect(JSON.stringify(row.details)).not.toContain(PASSWORD);
  }
  return { answer, lines: rows.map(({ kind, actor_id, target_id }) => [kind, actor_id, target_id]) };
}

it('S47 every important action has one entry: actor, target, request', async () => {
  const email = 'ann@example.org';
  const registered = await trace('POST', '/auth/register', { name: 'Ann', email, password: PASSWORD });
  const { id } = registered.answer.body;
  expect(registered.lines).toEqual([['registered', id, id]]);
  const failed = await trace('POST', '/auth/login', { email, password: 'wrong horse battery' });
  expect(failed.lines).toEqual([['sign_in_failed', null, id]]);
  const stranger = await trace('POST', '/auth/login', { email: 'nobody@example.org', password: PASSWORD });
  expect(stranger.lines).toEqual([['sign_in_failed', null, null]]);
  const signIn = await trace('POST', '/auth/login', { email, password: PASSWORD });
  expect(signIn.lines).toEqual([['sign_in', id, expect.any(String)]]);
  const token = signIn.answer.body.accessToken;

  const otp = await waitForMail(wire.app, email, /\b(\d{6}) is your verification code/);
  expect((await trace('POST', '/auth/verify-email', { otp }, token)).lines).toEqual([['email_verified', id, id]]);
  const { answer } = await trace('POST', '/auth/2fa/enable', { password: PASSWORD }, token);
  const { secret } = answer.body;
  const confirm = await trace('POST', '/auth/2fa/confirm', { code: generateSync({ secret }) }, token);
  expect(confirm.lines).toEqual([['two_factor_enabled', id, id]]);
  const login = await wire.send('POST', '/auth/login', { body: { email, password: PASSWORD } });
  const challengeId = login.body.challenge.id;
  const wrong = await trace('POST', '/auth/verify-otp', { challengeId, code: '000000' });
  expect(wrong.lines).toEqual([['second_factor_failed', null, id]]);
  const [recovery] = confirm.answer.body.recoveryCodes;
  const recovered = await trace('POST', '/auth/verify-otp', { challengeId, code: recovery });
  expect(recovered.lines).toEqual([
    ['recovery_code_used', id, id],
    ['sign_in', id, expect.any(String)],
  ]);
  const [, code] = confirm.answer.body.recoveryCodes;
  expect((await trace('POST', '/auth/2fa/disable', { password: PASSWORD, code }, token)).lines).toEqual([
    ['two_factor_disabled', id, id],
  ]);

  const change = { current: PASSWORD, password: 'a wholly new phrase' };
  expect((await trace('POST', '/auth/change-password', change, token)).lines).toEqual([['password_changed', id, id]]);
  expect((await trace('POST', '/auth/forgot-password', { email })).lines).toEqual([['password_reset_asked', null, id]]);
  const link = await waitForMail(wire.app, email, /#token=([\w-]{43})/);
  const reset = await trace('POST', '/auth/reset-password', { token: link, password: PASSWORD });
  expect(reset.lines).toEqual([['password_reset', null, id]]);

  const again = (await trace('POST', '/auth/login', { email, password: PASSWORD })).answer.body;
  expect((await trace('POST', '/auth/logout', {}, again.accessToken)).lines).toEqual([
    ['sign_out', id, expect.any(String)],
  ]);
  const last = (await trace('POST', '/auth/login', { email, password: PASSWORD })).answer.body;
  expect((await trace('POST', '/auth/logout-all', {}, last.accessToken)).lines).toEqual([['sign_out_all', id, id]]);

  const settings = await trace('PATCH', '/admin/settings', { unverifiedMay: 'read' }, boss.accessToken);
  expect(settings.lines).toEqual([['settings_changed', boss.userId, null]]);
  const rotated = await trace('POST', '/admin/keys/rotate', {}, boss.accessToken);
  expect(rotated.lines).toEqual([['keys_rotated', boss.userId, null]]);
});

describe('S47 entries cannot be changed', () => {
  it('an entry is one line, whatever a caller sends', async () => {
    const email = 'eve@example.org';
    const failed = () => query("select * from audit_log where kind = 'sign_in_failed' order by id");
    const before = await failed();
    await wire.send('POST', '/auth/login', {
      body: { email, password: 'wrong horse battery' },
      headers: { 'user-agent': 'a\tb', 'x-request-id': 'forged', 'x-forwarded-for': '1.2.3.4\t, 5.6.7.8' },
    });
    const rows = (await failed()).slice(before.length);
    expect(rows).toHaveLength(1);
    const [{ user_agent, request_id, ip }] = rows;
    for (const text of [user_agent, request_id, ip]) expect(text).not.toMatch(/\p{Cc}/u);
    expect(request_id).not.toBe('forged');
    expect(ip).toBe('127.0.0.1');
  });

  it.each([
    ['changed', "update audit_log set kind = 'other'"],
    ['removed', 'delete from audit_log'],
    [
      'removed by way of a new row',
      "insert into audit_log select * from audit_log on conflict (id) do update set kind = 'x'",
    ],
    ['emptied', 'truncate audit_log'],
  ])('what is written is not %s, not even by the program', async (_name, statement) => {
    const before = await query('select * from audit_log');
    await expect(query(statement)).rejects.toThrow();
    expect(await query('select * from audit_log')).toEqual(before);
  });

  it('an action that is refused or fails leaves no entry of its success', async () => {
    const [before] = await query("select count(*)::int as count from audit_log where kind = 'settings_changed'");
    const ann = await wire.app.person('Ann');
    const body = { unverifiedMay: 'nothing' };
    expect((await wire.send('PATCH', '/admin/settings', { token: ann.accessToken, body })).status).toBe(403);
    expect(
      (await wire.send('PATCH', '/admin/settings', { token: boss.accessToken, body: { unverifiedMay: 'x' } })).status,
    ).toBe(400);
    expect(await query("select count(*)::int as count from audit_log where kind = 'settings_changed'")).toEqual([
      before,
    ]);
  });
});
