import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashParameters } from '../../src/modules/identity/index.ts';
import { PASSWORD } from '../app.ts';
import { type ExternalAnswer, startExternalApp, type Wire } from './external-app.ts';
import { expectEqualTiming } from './timing.ts';

let wire: Wire;
/** Every kind of address for which a stranger may try a password. */
const addresses: Record<string, string> = { unknown: 'nobody@example.org' };
beforeAll(async () => {
  wire = await startExternalApp({ hashing: hashParameters });
  const kinds = ['wrong password', 'no password', 'disabled', 'with a second factor', 'paused'];
  for (const kind of kinds) addresses[kind] = (await wire.app.person(kind)).email;
  const set = (what: string, kind: string) =>
    wire.app.database.pool.query(`update account set ${what} where email = $1`, [addresses[kind]]);
  await set('password_hash = null', 'no password');
  await set('disabled_at = now()', 'disabled');
  await set('password_paused_at = now(), failed_sign_ins = 100', 'paused');
  await wire.app.database.pool.query(
    'insert into two_factor (account_id, email_enabled_at) select id, now() from account where email = $1',
    [addresses['with a second factor']],
  );
});
afterAll(() => wire.close());

const login = (email: string, password: string) => wire.send('POST', '/auth/login', { body: { email, password } });
const forgot = (email: string) => wire.send('POST', '/auth/forgot-password', { body: { email } });

/** All of an answer, without what is new in each. */
function said({ status, headers, text }: ExternalAnswer) {
  const own = ['date', 'x-request-id', 'ratelimit-remaining', 'ratelimit-reset'];
  const requestId = headers.get('x-request-id') ?? '';
  return {
    status,
    headers: [...headers].filter(([name]) => !own.includes(name)),
    text: text.replace(requestId, 'id'),
  };
}

describe('S9 a refused sign-in', () => {
  it('reveals nothing by the answer, nor by any of its headers', async () => {
    const answers: ExternalAnswer[] = [];
    for (const email of Object.values(addresses)) answers.push(await login(email, 'wrong horse battery'));
    for (const kind of ['no password', 'disabled', 'paused', 'unknown']) {
      answers.push(await login(addresses[kind] ?? '', PASSWORD));
    }
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(said(answer)).toEqual(said(answers[0]!));
    }
  });

  it('reveals nothing by its duration, taking the fastest of many attempts of each', async () => {
    const kinds = ['unknown', 'wrong password', 'no password'];
    const acts = kinds.map((kind) => [kind, () => login(addresses[kind] ?? '', 'wrong horse battery')]);
    await expectEqualTiming(Object.fromEntries(acts));
  });
});

it('S10 a password-reset request gets one answer, for known and unknown addresses', async () => {
  const answers: ExternalAnswer[] = [];
  for (const email of Object.values(addresses)) answers.push(await forgot(email));
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(said(answer)).toEqual(said(answers[0]!));
  }
});
