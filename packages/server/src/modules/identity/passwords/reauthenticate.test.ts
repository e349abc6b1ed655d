import { auth, type Operation, tokens, users } from '@atrium/protocol';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { waiting } from '../../../../test/security/lock-waits.ts';
import { type IdentityApp, identityApp, PASSWORD, type Person } from '../test/identity-app.ts';

let app: IdentityApp;
beforeAll(async () => {
  app = await identityApp();
});
afterAll(() => app.close());

async function linkFor(person: Person): Promise<string> {
  await app.mailResetLink(person.me.id);
  return app.linkToken(person.email);
}

const reset = (token: string) => app.call(auth.resetPassword, { token, password: 'a wholly new phrase' });

/** How many ways an attacker would have to sign in again. */
async function waysIn({ me }: Person): Promise<number> {
  const [row] = await app.query(
    `select (select count(*) from api_token where account_id = $1) + (select count(*) from account_link where account_id = $1)
      + (select count(*) from two_factor where account_id = $1) as count`,
    [me.id],
  );
  return Number(row?.count);
}

const CALLS: [Operation, Record<string, unknown>][] = [
  [tokens.create, { name: 'Thief', scopes: ['read'] }],
  [users.export, {}],
  [auth.enableTwoFactor, {}],
  [auth.confirmTwoFactor, { code: '000000' }],
  [auth.changePassword, { current: 'a wholly new phrase', password: 'yet another long phrase' }],
];

describe('a call that was authorized before the password was reset', () => {
  it.each(CALLS.map(([operation, input]) => [operation.name, operation, input] as const))(
    'does nothing afterwards: %s',
    async (_name, operation, input) => {
      const thief = await app.verifiedPerson();
      await reset(await linkFor(thief));
      await expect(app.call(operation, input, { actor: thief.actor })).rejects.toMatchObject({ code: 'invalid_token' });
      expect(await waysIn(thief)).toBe(0);
    },
  );

  it.each([
    [tokens.create.name, tokens.create, { name: 'Thief', scopes: ['read'], password: PASSWORD }],
    [auth.enableTwoFactor.name, auth.enableTwoFactor, { password: PASSWORD }],
  ] as const)('does nothing when its password was still the right one: %s', async (_name, operation, input) => {
    const thief = await app.verifiedPerson();
    const token = await linkFor(thief);
    const holder = await app.database.pool.connect();
    const untilWaiting = (count: number) =>
      vi.waitFor(async () => {
        expect(await waiting(app.database.pool)).toBe(count);
      });
    // Both have passed their checks and wait for the account lock: the password reset first.
    await holder.query('begin');
    await holder.query('select 1 from account where id = $1 for update', [thief.me.id]);
    const newPassword = reset(token);
    await untilWaiting(1);
    const theft = app.call(operation as Operation, input, { actor: thief.actor }).catch((error: unknown) => error);
    await untilWaiting(2);
    await holder.query('commit');
    holder.release();
    await newPassword;
    expect(await theft).toMatchObject({ code: 'invalid_token' });
    expect(await waysIn(thief)).toBe(0);
  });
});
