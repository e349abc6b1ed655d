import { expect, it } from 'vitest';
import { diagnosticsIn } from './types.ts';

const OUTPUT = `a.ts(1,2): error TS1: wrong
  because of this
b.ts(3,4): error TS2: also wrong
  and that
a.ts(9,9): error TS3: again
`;

it('keeps the errors of the given files with their explanations', () => {
  expect(diagnosticsIn(OUTPUT, new Set(['a.ts']))).toEqual([
    'a.ts(1,2): error TS1: wrong',
    '  because of this',
    'a.ts(9,9): error TS3: again',
  ]);
  expect(diagnosticsIn(OUTPUT, new Set(['c.ts']))).toEqual([]);
});
