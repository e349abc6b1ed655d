import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyCharacter } from '../../../test/any-character.ts';
import { formatCode, newCode, parseCode } from './codes.ts';

test('a code has 60 bits in an alphabet without look-alikes', () => {
  const codes = Array.from({ length: 2_000 }, newCode);
  expect(new Set(codes).size).toBe(codes.length);
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
  expect(new Set(codes.join(''))).toHaveLength(32);
});

test('a code is formatted in groups and can be parsed again', () => {
  expect(formatCode('7K3M9QXAB2RT')).toBe('7K3M-9QXA-B2RT');
  expect(parseCode('7K3M-9QXA-B2RT')).toBe('7K3M9QXAB2RT');
});

test.each([
  ['lower case', '7k3m-9qxa-b2rt'],
  ['no dashes', '7K3M9QXAB2RT'],
  ['spaces and a line break', ' 7K3M 9QXA\nB2RT '],
  ['long dashes', '7K3M–9QXA—B2RT'],
])('reads a code with %s', (_what, typed) => {
  expect(parseCode(typed)).toBe('7K3M9QXAB2RT');
});

test('letters that look like digits are parsed as digits', () => {
  expect(parseCode('O0oI-1ilL-2345')).toBe('000111112345');
});

test.each(['', '7K3M', '7K3M-9QXA-B2RT-0', '7K3M-9QXA-B2R!', '7K3M-9QXA-B2RU', '\0'.repeat(12), 'ß'.repeat(6)])(
  'refuses %j',
  (typed) => {
    expect(parseCode(typed)).toBeUndefined();
  },
);

test('every code can be parsed however it is typed', () => {
  fc.assert(
    fc.property(fc.constant(null).map(newCode), fc.boolean(), fc.array(fc.nat(12)), (code, lower, dashes) => {
      let typed = lower ? code.toLowerCase() : code;
      for (const at of dashes) typed = `${typed.slice(0, at)}-${typed.slice(at)}`;
      expect(parseCode(typed)).toBe(code);
    }),
  );
});

test('parsing never throws and returns only text that can be stored', () => {
  fc.assert(
    fc.property(fc.string({ unit: anyCharacter, maxLength: 64 }), (typed) => {
      const code = parseCode(typed);
      if (code !== undefined) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/);
    }),
  );
});
