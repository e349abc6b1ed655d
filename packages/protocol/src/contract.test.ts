import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import type { UnknownInAccess, UnknownInEvents, UnknownInGroups } from './core/unknown-names.ts';
import {
  type AccessRuleSpec,
  accessRules,
  endpoints,
  event,
  groups,
  hasBody,
  operation,
  operationGroup,
  operations,
  scopeOf,
} from './index.ts';

/** None of these is open to API tokens: with it a token could outlive its revocation, or get more rights. */
const ABOUT_SIGNING_IN = ['auth', 'tokens'];
const named = (name: string) => operations.find((operation) => operation.name === name)!;

const sources = globSync('*/*.ts', { cwd: import.meta.dirname }).map((file) => ({
  file: `packages/protocol/src/${file}`,
  text: readFileSync(path.join(import.meta.dirname, file), 'utf8'),
}));

/** The file that declares the group of an operation. */
function fileOf({ name }: { name: string }): string {
  const start = `operationGroup('${name.split('.')[0]}'`;
  return sources.find(({ text }) => text.includes(start))?.file ?? 'packages/protocol/src/<feature>';
}

const atFile = (op: { name: string }) => `${op.name} in ${fileOf(op)}`;

it('is declared in a known file', () => {
  expect(operations.map(fileOf).filter((file) => file.includes('<'))).toEqual([]);
  expect(fileOf(named('pins.add'))).toBe('packages/protocol/src/chat/pins.ts');
});

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

  it('is none for operations about signing in', () => {
    const open = operations.filter(
      ({ access, name, sessionOnly }) =>
        ABOUT_SIGNING_IN.includes(name.split('.')[0] ?? '') && access !== 'public' && !sessionOnly,
    );
    expect(open.map(atFile), 'set sessionOnly').toEqual([]);
  });

  it('is none for operations that return a secret', () => {
    const open = operations.filter(({ access, secret, sessionOnly }) => secret && access !== 'public' && !sessionOnly);
    expect(open.map(atFile), 'set sessionOnly').toEqual([]);
  });
});

it('puts the secret of a DELETE into its body', () => {
  expect(hasBody(named('users.delete'))).toBe(true);
  expect(hasBody(named('workspaces.delete'))).toBe(false);
  expect(hasBody(named('users.me'))).toBe(false);
});

describe('an output with items', () => {
  const lists = operations.filter(({ output }) => Object.hasOwn(output.shape, 'items'));

  it.each(lists.map((operation) => [operation.name, operation] as const))(
    'of %s says whether there are more',
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

describe('a name that no feature declares', () => {
  interface Known {
    access: 'user';
    limit: 'user';
    problem: 'conflict';
    stream: 'workspace';
  }
  const empty = z.strictObject({});
  const poll = { summary: 'A poll', method: 'GET', path: '/poll', input: empty, output: empty } as const;

  it('does not compile in an operation', () => {
    const verbs = operationGroup('polls', {
      good: operation({ ...poll, access: 'user', limit: 'user', errors: ['conflict'] }),
      rule: operation({ ...poll, access: 'poll:voter', limit: 'user' }),
      class: operation({ ...poll, access: 'user', limit: 'poll' }),
      code: operation({ ...poll, access: 'user', limit: 'user', errors: ['conflict', 'poll_closed'] }),
    });
    interface Groups {
      polls: { title: ''; description: ''; operations: typeof verbs };
    }
    expectTypeOf<UnknownInGroups<Known, Groups>>().toEqualTypeOf<
      | 'polls.rule: unknown access rule poll:voter'
      | 'polls.class: unknown limit class poll'
      | 'polls.code: unknown problem code poll_closed'
    >();
    expectTypeOf<
      UnknownInGroups<Known, { polls: { title: ''; description: ''; operations: Pick<typeof verbs, 'good'> } }>
    >().toBeNever();
  });

  it('does not compile in an event', () => {
    const all = {
      good: event({ summary: 'Good', on: ['workspace'], data: empty }),
      volatile: event({ summary: 'Volatile', on: 'volatile', data: empty }),
      bad: event({ summary: 'Bad', on: ['workspace', 'poll'], data: empty }),
    };
    expectTypeOf<UnknownInEvents<Known, typeof all>>().toEqualTypeOf<'bad: unknown kind of stream poll'>();
  });

  it('does not compile in an access rule', () => {
    interface Rules {
      good: { subject: null; description: ''; refusals: ['conflict'] };
      bad: { subject: null; description: ''; refusals: ['gone'] };
    }
    expectTypeOf<UnknownInAccess<Known, Rules>>().toEqualTypeOf<'bad: unknown problem code gone'>();
  });
});

it.each(operations.map((op) => [op.name, op] as const))('%s says by which key of its input it is repeated', (_, op) => {
  const keys = Object.keys(op.input.shape).filter((key) => ['clientMessageId', 'uploadId'].includes(key));
  expect(op.ownKey === undefined ? [] : [op.ownKey], `write ownKey into ${fileOf(op)}`).toEqual(keys);
});

describe('a feature', () => {
  it.each(Object.entries(endpoints))('shows the endpoint %s with a group of operations', (_, { group }) => {
    expect(Object.keys(groups), 'groups are in packages/protocol/src/<feature>/index.ts').toContain(group);
  });

  it.each(Object.entries(groups))('names the operations of %s by their group', (name, { operations: verbs }) => {
    expect(Object.values(verbs).map((op) => op.name)).toEqual(Object.keys(verbs).map((verb) => `${name}.${verb}`));
  });

  it.each(operations.map((op) => [op.name, op] as const))('gives %s the key that its access rule looks up', (_, op) => {
    const { subject }: AccessRuleSpec = accessRules[op.access];
    const keys = Object.keys(op.input.shape);
    if (subject !== null) expect(keys, `${op.name} is in ${fileOf(op)}`).toContain(subject);
  });
});
