import fc from 'fast-check';
import { expect, it } from 'vitest';
import { neutral, withoutGuard } from './index.ts';

it.each([
  ['=1+1', "'=1+1"],
  ['-5', "'-5"],
  ["'quoted", "''quoted"],
  ['plain', 'plain'],
])('writes %j as %j', (text, cell) => {
  expect(neutral(text)).toBe(cell);
});

it('keeps an apostrophe that is not an escape', () => {
  expect(withoutGuard("'s-Hertogenbosch")).toBe("'s-Hertogenbosch");
});

it('parses what it has formatted', () => {
  const text = fc.string().chain((rest) => fc.constantFrom('', '=', "'", "''", '-', '\t').map((start) => start + rest));
  fc.assert(
    fc.property(text, (value) => {
      expect(withoutGuard(neutral(value))).toBe(value);
    }),
  );
});
