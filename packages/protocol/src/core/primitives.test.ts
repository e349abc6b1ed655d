import fc from 'fast-check';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { characters, firstCharacters, line, text } from './primitives.ts';

it.each([
  ['a', 'too_small'],
  ['ab', undefined],
  ['🎉', 'too_small'],
  ['🎉🎉', undefined],
  ['🎉🎉🎉🎉', undefined],
  ['🎉🎉🎉🎉🎉', 'too_big'],
  ['abcde', 'too_big'],
  ['a\uD800', 'custom'],
])('counts characters, not their UTF-16 units: %j', (value, code) => {
  for (const schema of [text(2, 4), line(2, 4)]) {
    expect(schema.safeParse(value).error?.issues.map((issue) => issue.code)).toEqual(code && [code]);
  }
});

it('has the same length in PostgreSQL and in the JSON Schema', () => {
  expect(z.toJSONSchema(text(2, 4).meta({ description: 'Two to four' }))).toMatchObject({
    type: 'string',
    minLength: 2,
    maxLength: 4,
    description: 'Two to four',
  });
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(8), fc.nat(8), (value, min, max) => {
      const count = [...value].length;
      expect(characters(value)).toBe(count);
      if (value.includes('\0')) return;
      expect(text(min, max).safeParse(value).success).toBe(count >= min && count <= max);
    }),
  );
});

it('is cut after a number of characters, never inside one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat({ max: 25 }), (value, most) => {
      expect(firstCharacters(value, most)).toBe([...value].slice(0, most).join(''));
    }),
  );
});
