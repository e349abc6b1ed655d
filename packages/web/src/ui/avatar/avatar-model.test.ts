import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groundOf, initialsOf, isWide } from './avatar-model.ts';

describe('initials', () => {
  it.each([
    ['Ann Weber', 'AW'],
    ['Ben', 'B'],
    ['Hiroshi da Silva Sato', 'HS'],
    ['  chiara   ito ', 'CI'],
    ['佐藤 花子', '佐花'],
    ['(Ann) "Weber"', 'AW'],
    ['👋', ''],
    ['', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

it.each([
  ['AW', false],
  ['لح', false],
  ['佐花', true],
  ['김', true],
])('knows whether %j are wide', (letters, wide) => {
  expect(isWide(letters)).toBe(wide);
});

it('gives every id one of eight backgrounds, always the same', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(groundOf(id)).toBeGreaterThanOrEqual(1);
      expect(groundOf(id)).toBeLessThanOrEqual(8);
      expect(groundOf(id)).toBe(groundOf(id));
    }),
  );
});
