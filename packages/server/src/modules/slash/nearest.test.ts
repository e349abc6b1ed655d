import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, nearest } from './nearest.ts';

describe('distance', () => {
  it.each([
    ['topic', 'topic', 0],
    ['tpoic', 'topic', 1],
    ['topi', 'topic', 1],
    ['tonic', 'topic', 1],
    ['', 'me', 2],
  ])('%s to %s: %i', (one, other, steps) => {
    expect(distance(one, other)).toBe(steps);
  });

  it('is the same there and back', () => {
    const name = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 });
    fc.assert(fc.property(name, name, (one, other) => distance(one, other) === distance(other, one)));
  });
});

describe('the nearest names', () => {
  const names = ['topic', 'invite', 'me', 'shrug'];
  it.each([
    ['tpic', ['topic']],
    ['inv', ['invite']],
    ['m', ['me']],
    ['xyz', []],
    ['', []],
    ['x'.repeat(8_000), []],
  ])('%s', (typed, expected) => {
    expect(nearest(typed, names)).toEqual(expected);
  });
});
