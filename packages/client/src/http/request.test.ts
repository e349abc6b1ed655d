import { type Operation, operations, pathKeys } from '@atrium/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { routeNamed } from '../api.ts';
import { toRequest } from './request.ts';

const shape = (name: string, input: Record<string, unknown>) => toRequest(routeNamed(name), input);

describe('toRequest', () => {
  it('puts keys of the path into the path, and the others into the query or the body', () => {
    expect(shape('messages.list', { conversationId: 'a b', limit: 2, before: undefined, around: 0 })).toEqual({
      method: 'GET',
      path: '/api/v1/conversations/a%20b/messages?limit=2&around=0',
      body: undefined,
    });
    expect(shape('conversations.update', { conversationId: 'x', name: 'y', topic: undefined })).toEqual({
      method: 'PATCH',
      path: '/api/v1/conversations/x',
      body: '{"name":"y"}',
    });
    expect(shape('typing.stop', { conversationId: 'x' }).body).toBeUndefined();
    expect(shape('auth.logout', {}).body).toBe('{}');
  });

  it('repeats the key for each item of a list in a query', () => {
    expect(shape('presence.list', { userIds: ['a', 'b'] }).path).toBe('/api/v1/presence?userIds=a&userIds=b');
  });

  it('refuses an input without a key of the path, rather than calling another URL', () => {
    expect(() => shape('users.get', {})).toThrow(TypeError);
    expect(() => shape('users.get', { userId: '' })).toThrow('users.get needs userId');
  });

  it('never lets a value leave its path segment', () => {
    const withPath = operations.filter(({ path }) => pathKeys(path).length > 0);
    fc.assert(
      fc.property(fc.constantFrom(...withPath), fc.string({ minLength: 1, unit: 'grapheme' }), (operation, value) => {
        const input = Object.fromEntries(pathKeys(operation.path).map((key) => [key, value]));
        expect(segments(toRequest(operation, input).path)).toBe(segments(`/api/v1${operation.path}`));
      }),
    );
  });

  it('supports every operation of the contract', () => {
    for (const operation of operations as readonly Operation[]) {
      const input = Object.fromEntries(pathKeys(operation.path).map((key) => [key, 'x']));
      expect(toRequest(operation, input).path).not.toContain(':');
    }
  });
});

function segments(path: string): number {
  return (path.split('?')[0] ?? '').split('/').length;
}
