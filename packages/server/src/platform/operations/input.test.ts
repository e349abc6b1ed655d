import { operations } from '@atrium/protocol';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ProblemError } from '../problem/index.ts';
import { parseInput, parseShape } from './input.ts';

const shape = z.strictObject({
  name: z.string().min(2),
  list: z.array(z.strictObject({ n: z.int() })).default([]),
});

function faultsOf(input: unknown) {
  try {
    parseShape(shape, input);
  } catch (error) {
    return error instanceof ProblemError ? error.details.errors : undefined;
  }
  return [];
}

describe('input', () => {
  it('gets its defaults', () => {
    expect(parseShape(shape, { name: 'ab' })).toEqual({ name: 'ab', list: [] });
    const me = operations.find(({ name }) => name === 'users.me');
    expect(parseInput(me!, undefined)).toEqual({});
  });

  it('is refused with every fault and its path', () => {
    expect(faultsOf({ name: 'a', list: [{ n: 1 }, { n: 'x', m: 1 }], other: 1, 'odd key': 2 })).toEqual([
      expect.objectContaining({ path: 'name', code: 'too_small' }),
      expect.objectContaining({ path: 'list[1].n', code: 'invalid_type' }),
      expect.objectContaining({ path: 'list[1].m', code: 'unknown_key' }),
      expect.objectContaining({ path: 'other', code: 'unknown_key' }),
      expect.objectContaining({ path: 'odd key', code: 'unknown_key' }),
    ]);
  });

  it('is refused with a limited number of faults, and short paths', () => {
    const faults = faultsOf(Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`${'k'.repeat(300)}${n}`, n])));
    expect(faults).toHaveLength(20);
    for (const { path } of faults ?? []) expect(path.length).toBeLessThanOrEqual(64);
  });

  it('may not contain prototype keys at any depth', () => {
    expect(faultsOf(JSON.parse('{"name":"ab","list":[{"n":1,"__proto__":{}}]}'))).toEqual([
      expect.objectContaining({ path: '__proto__' }),
    ]);
    let deep: unknown = {};
    for (let n = 0; n < 100_000; n++) deep = [deep];
    expect(faultsOf({ name: deep })).toContainEqual(expect.objectContaining({ path: 'name' }));
  });
});
