import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD, type Person } from '../app.ts';
import { type ExternalAnswer, startExternalApp, type Wire } from './external-app.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await startExternalApp();
});
afterAll(() => wire.close());

const refresh = (refreshToken: string, userAgent = 'Phone/1'): Promise<ExternalAnswer> =>
  wire.send('POST', '/auth/refresh', { body: { refreshToken }, headers: { 'user-agent': userAgent } });
const me = async (token: string) => (await wire.send('GET', '/users/me', { token })).status;
const query = async (text: string, values: unknown[]) => (await wire.app.database.pool.query(text, values)).rows;
/** Moves the last exchange of a session into the past. */
const age = (person: Person, interval: string) =>
  query('update session set rotated_at = rotated_at - $2::interval where id = $1', [person.actor.sessionId, interval]);

/** The session has ended, everybody was told, and nothing else has happened. */
async function expectFamilyOver(ann: Person, tokens: string[]): Promise<void> {
  for (const token of tokens) expect((await refresh(token)).status).toBe(401);
  expect(await me(ann.accessToken)).toBe(401);
  const [session] = await query('select revoke_reason from session where id = $1', [ann.actor.sessionId]);
  expect(session).toEqual({ revoke_reason: 'token_reused' });
  const audit = await query("select kind from audit_log where target_id = $1 and kind = 'refresh_token_reused'", [
    ann.userId,
  ]);
  expect(audit).toHaveLength(1);
  const mails = await query("select 1 from mail where to_address = $1 and subject = 'A device was signed out'", [
    ann.email,
  ]);
  expect(mails).toHaveLength(1);
}

describe('S6 a refresh token', () => {
  it('changes with each use, and the database alone contains no usable one', async () => {
    const ann = await wire.app.person('Ann');
    const chain = [ann.refreshToken];
    for (let use = 0; use < 5; use += 1) {
      const { status, body } = await refresh(String(chain.at(-1)));
      expect(status).toBe(200);
      chain.push(body.refreshToken);
    }
    expect(new Set(chain).size).toBe(6);
    const rows = JSON.stringify(await query('select * from session', []), (_key, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
    );
    for (const token of chain) {
      for (const spelling of [token, Buffer.from(token, 'base64url').toString('latin1')]) {
        expect(rows.includes(spelling)).toBe(false);
        expect(rows.includes(spelling.slice(0, 32))).toBe(false);
      }
    }
  });

  it('that was replaced more than 30 s ago ends its session, with an audit entry and a mail', async () => {
    const ann = await wire.app.person('Ann');
    const { body } = await refresh(ann.refreshToken);
    await age(ann, '31 seconds');
    await expectFamilyOver(ann, [ann.refreshToken, body.refreshToken]);
  });

  it.each([
    [false, 7],
    [true, 30],
  ])('lasts, with remember %s, %i days from its last use and never beyond 90', async (remember, days) => {
    const { email } = await wire.app.person('Ann');
    const login = await wire.send('POST', '/auth/login', { body: { email, password: PASSWORD, remember } });
    const { refreshToken } = login.body;
    const lasts = async () => {
      const [row] = await query(
        `select extract(epoch from expires_at - last_used_at) / 86400 as days,
           extract(epoch from expires_at - session.created_at) / 86400 as whole
         from session join account on account.id = session.account_id
         where email = $1 order by session.created_at desc limit 1`,
        [email],
      );
      return [Number(row.days), Number(row.whole)];
    };
    expect((await lasts())[0]).toBeCloseTo(days, 3);
    await query(
      `update session set created_at = now() - interval '89 days', expires_at = now() + interval '1 day'
       where account_id = (select id from account where email = $1)`,
      [email],
    );
    expect((await refresh(refreshToken)).status).toBe(200);
    expect((await lasts())[1]).toBeCloseTo(90, 3);
  });
});

describe('S7 the grace period', () => {
  it('gives the previous token the same answer again, and no other token', async () => {
    const ann = await wire.app.person('Ann');
    const first = await refresh(ann.refreshToken);
    await age(ann, '25 seconds');
    const again = await refresh(ann.refreshToken);
    expect(again.body.refreshToken).toBe(first.body.refreshToken);
    expect(await me(again.body.accessToken)).toBe(200);
  });

  it('ends when the successor is used, however soon: the token before the previous one ends the session', async () => {
    const ann = await wire.app.person('Ann');
    const second = await refresh(ann.refreshToken);
    const third = await refresh(second.body.refreshToken);
    await expectFamilyOver(ann, [ann.refreshToken, second.body.refreshToken, third.body.refreshToken]);
  });
});

it('S8 a stolen token ends that session only; others are listed, stay valid, and can be revoked by id', async () => {
  const ann = await wire.app.person('Ann');
  const login = await wire.send('POST', '/auth/login', {
    body: { email: ann.email, password: PASSWORD },
    headers: { 'user-agent': 'Laptop/2' },
  });
  const laptop: string = login.body.accessToken;
  const stolen = await refresh(ann.refreshToken, 'Thief/3');
  const listed = await wire.send('GET', '/auth/sessions', { token: laptop });
  expect(listed.body.items).toHaveLength(2);
  expect(listed.body.items).toContainEqual(expect.objectContaining({ id: ann.actor.sessionId, device: 'Thief/3' }));
  await age(ann, '31 seconds');
  await expectFamilyOver(ann, [ann.refreshToken, stolen.body.refreshToken]);
  expect(await me(stolen.body.accessToken)).toBe(401);
  expect(await me(laptop)).toBe(200);
  const [mail] = await query("select text from mail where to_address = $1 and subject = 'A device was signed out'", [
    ann.email,
  ]);
  expect(mail.text).toContain('Thief/3');
  const { body } = await wire.send('GET', '/auth/sessions', { token: laptop });
  expect(body.items).toMatchObject([{ device: 'Laptop/2', current: true }]);
  expect((await wire.send('DELETE', `/auth/sessions/${body.items[0].id}`, { token: laptop })).status).toBe(200);
  expect(await me(laptop)).toBe(401);
});
