import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { operations } from './contract.ts';
import { hasBody, scopeOf } from './operation.ts';

/** Of these, nothing is open to an API token: what it could do there would outlive it, or let it grow. */
const ABOUT_SIGNING_IN = ['auth', 'tokens'];
const named = (name: string) => operations.find((operation) => operation.name === name)!;

describe('the scope of an operation', () => {
  it.each([
    ['users.me', 'read'],
    ['users.updateMe', 'write'],
    ['messages.send', 'write'],
    ['streams.resume', 'read'],
    ['presence.list', 'read'],
    ['members.remove', 'admin'],
    ['workspaces.joinCode', 'admin'],
    ['workspaces.delete', 'admin'],
    ['admin.settings', 'admin'],
    ['conversations.delete', 'write'],
    ['tokens.create', undefined],
    ['auth.changePassword', undefined],
    ['users.delete', undefined],
    ['bots.createToken', undefined],
  ])('of %s is %s', (name, scope) => {
    expect(scopeOf(named(name))).toBe(scope);
  });

  it('is none for all that is about signing in', () => {
    const open = operations.filter(
      ({ access, name, sessionOnly }) =>
        ABOUT_SIGNING_IN.includes(name.split('.')[0] ?? '') && access !== 'public' && !sessionOnly,
    );
    expect(open.map(({ name }) => name)).toEqual([]);
  });

  it('is none for what gives a secret away', () => {
    const open = operations.filter(({ access, secret, sessionOnly }) => secret && access !== 'public' && !sessionOnly);
    expect(open.map(({ name }) => name)).toEqual([]);
  });
});

it('puts the secret of a DELETE into its body', () => {
  expect(hasBody(named('users.delete'))).toBe(true);
  expect(hasBody(named('workspaces.delete'))).toBe(false);
  expect(hasBody(named('users.me'))).toBe(false);
});

describe('an answer with items', () => {
  const lists = operations.filter(({ output }) => Object.hasOwn(output.shape, 'items'));

  it.each(lists.map((operation) => [operation.name, operation] as const))(
    'of %s says how it goes on',
    (_, operation) => {
      const takes = (key: string) => Object.hasOwn(operation.input.shape, key);
      const { nextCursor, moreBefore, moreAfter } = operation.output.shape as Record<string, z.ZodType | undefined>;
      const goesBothWays = moreBefore !== undefined;
      expect(moreAfter !== undefined).toBe(goesBothWays);
      expect(nextCursor !== undefined).toBe(!goesBothWays);
      expect(takes('cursor')).toBe(nextCursor?.safeParse('abc').success ?? false);
      if (goesBothWays) expect(takes('before') && takes('after')).toBe(true);
    },
  );
});
