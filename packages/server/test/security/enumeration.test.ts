import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashParameters } from '../../src/modules/identity/index.ts';
import { PASSWORD } from '../app.ts';
import { startWire, type Wire, type WireAnswer } from './wire.ts';

/** Enough for the least time of each to be the machine's, not its load's. */
const ROUNDS = 40;
const MOST_MS = 20;

let wire: Wire;
/** Every kind of address that a stranger may try a password on. */
const addresses: Record<string, string> = { unknown: 'nobody@example.org' };
beforeAll(async () => {
  wire = await startWire({ hashing: hashParameters });
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

/** All that an answer says, but for what is new in each. */
function said({ status, headers, text }: WireAnswer) {
  const own = ['date', 'x-request-id', 'ratelimit-remaining', 'ratelimit-reset'];
  const requestId = headers.get('x-request-id') ?? '';
  return {
    status,
    headers: [...headers].filter(([name]) => !own.includes(name)),
    text: text.replace(requestId, 'id'),
  };
}

/** The least time of each kind, tried in turn, so that whatever else the machine does meets all of them. */
async function leastTimes(kinds: string[], act: (email: string) => Promise<unknown>): Promise<Record<string, number>> {
  const taken: Record<string, number[]> = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const kind of kinds) {
      const start = performance.now();
      await act(addresses[kind] ?? '');
      taken[kind]?.push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(taken).map(([kind, all]) => [kind, Math.min(...all)]));
}

describe('S9 who does not get in', () => {
  it('learns nothing from the answer, nor from a single header of it', async () => {
    const answers: WireAnswer[] = [];
    for (const email of Object.values(addresses)) answers.push(await login(email, 'wrong horse battery'));
    for (const kind of ['no password', 'disabled', 'paused', 'unknown']) {
      answers.push(await login(addresses[kind] ?? '', PASSWORD));
    }
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(said(answer)).toEqual(said(answers[0]!));
    }
  });

  it('learns nothing from the time that it takes, the least of many tries of each', { timeout: 240_000 }, async () => {
    const times = await leastTimes(['unknown', 'wrong password', 'no password'], (email) =>
      login(email, 'wrong horse battery'),
    );
    for (const [kind, time] of Object.entries(times)) {
      expect(Math.abs(time - (times.unknown ?? 0)), JSON.stringify({ kind, ...times })).toBeLessThan(MOST_MS);
    }
  });
});

it('S10 who asks for a new password gets one answer, for known and unknown addresses', async () => {
  const answers: WireAnswer[] = [];
  for (const email of Object.values(addresses)) answers.push(await forgot(email));
  for (const answer of answers) {
    expect(answer.status).toBe(200);
    expect(said(answer)).toEqual(said(answers[0]!));
  }
});
