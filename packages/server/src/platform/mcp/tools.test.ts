import { isCommand, operations, type Scope, scopeOf, scopes } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { hintsOf, KEY_ARGUMENT, leftOutBecause, operationOfTool, toolNameOf, toolsFor } from './tools.ts';

const named = new Map(operations.map((operation) => [operation.name, operation]));
const forTokens = operations.filter((operation) => scopeOf(operation) !== undefined);

describe('the tools of a token', () => {
  it('are all that REST offers to it, except those listed here', async () => {
    const names = new Set((await toolsFor(scopes)).map(({ name }) => name));
    const missing = forTokens.filter((operation) => !names.has(toolNameOf(operation)));
    expect(Object.fromEntries(missing.map((operation) => [operation.name, leftOutBecause(operation)]))).toEqual({
      'auth.register': 'for callers without an account',
      'auth.login': 'for callers without an account',
      'auth.verifyOtp': 'for callers without an account',
      'auth.resendOtp': 'for callers without an account',
      'auth.forgotPassword': 'for callers without an account',
      'auth.resetPassword': 'for callers without an account',
      'auth.reopenSignIn': 'for callers without an account',
      'auth.refresh': 'for callers without an account',
      'notifications.unsubscribe': 'for callers without an account',
      'attachments.upload': 'receives files, and the arguments of a tool are JSON',
      'attachments.addToTask': 'receives files, and the arguments of a tool are JSON',
    });
  });

  it('are none of those for signed-in users', async () => {
    const tools = await toolsFor(scopes);
    expect(tools.filter(({ name }) => operationOfTool(name)?.sessionOnly)).toEqual([]);
    const sessionOnly = operations.filter((operation) => operation.sessionOnly === true);
    expect(sessionOnly.length).toBeGreaterThan(30);
    expect(sessionOnly.filter((operation) => operationOfTool(toolNameOf(operation)))).toEqual([]);
  });

  it.each(scopes)('with only the scope %s are those that need it', async (scope: Scope) => {
    const tools = await toolsFor([scope]);
    expect(tools.length).toBeGreaterThan(5);
    expect(new Set(tools.map(({ name }) => scopeOf(operationOfTool(name)!)))).toEqual(new Set([scope]));
  });

  it('have unique names that every client accepts', async () => {
    const tools = await toolsFor(scopes);
    expect(tools.filter(({ name }) => !/^[a-zA-Z0-9_-]{1,64}$/.test(name))).toEqual([]);
    expect(new Set(tools.map(({ name }) => name)).size).toBe(tools.length);
  });

  it('have self-contained inputs that name every key', async () => {
    for (const { name, inputSchema } of await toolsFor(scopes)) {
      expect(JSON.stringify(inputSchema), name).not.toContain('"$ref"');
      const { [KEY_ARGUMENT]: _key, ...properties } = inputSchema.properties ?? {};
      const { shape } = operationOfTool(name)!.input;
      expect(Object.keys(properties).sort(), name).toEqual(Object.keys(shape).sort());
      expect(Object.keys(shape), name).not.toContain(KEY_ARGUMENT);
    }
  });
});

describe('the hints', () => {
  it.each([
    ['tasks.list', true, false, true],
    ['tasks.ofMessages', true, false, true],
    ['tasks.create', false, false, false],
    ['tasks.update', false, false, false],
    ['tasks.delete', false, true, true],
    ['tasks.bulk', false, true, false],
    ['saved.add', false, false, true],
    ['retention.setWorkspace', false, true, true],
    ['orders.update', false, true, false],
  ])('of %s', (name, readOnlyHint, destructiveHint, idempotentHint) => {
    expect(hintsOf(named.get(name)!)).toEqual({ readOnlyHint, destructiveHint, idempotentHint });
  });

  it('match the contract for every operation', () => {
    for (const operation of operations) {
      const { readOnlyHint, destructiveHint } = hintsOf(operation);
      expect(readOnlyHint, operation.name).toBe(!isCommand(operation));
      expect(destructiveHint, operation.name).toBe(operation.method === 'DELETE' || operation.destructive === true);
    }
  });

  it('are marked in the contract only if the method does not imply them', () => {
    const marked = operations.filter(({ destructive }) => destructive === true);
    expect(marked.filter((operation) => !isCommand(operation) || operation.method === 'DELETE')).toEqual([]);
  });
});
