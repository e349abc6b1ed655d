import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor } from './cursor.ts';

it('is unchanged after encoding and decoding', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer(), (text, number) => {
      const cursor = encodeCursor([text, number]);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeCursor(cursor, ['string', 'number'])).toEqual([text, number]);
    }),
  );
});

it('is refused if it is anything else', () => {
  const refusal = { code: 'invalid_input', details: { errors: [{ path: 'cursor' }] } };
  const others = [
    'x',
    '',
    '!!',
    encodeCursor([1]),
    encodeCursor(['a', 1]),
    Buffer.from('{"0":"a"}').toString('base64url'),
  ];
  for (const cursor of others) {
    expect(() => decodeCursor(cursor, ['string'])).toThrow(expect.objectContaining({ code: refusal.code }));
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        expect(decodeCursor(text, ['string'])).toEqual([expect.any(String)]);
      } catch (error) {
        expect(error).toMatchObject(refusal);
      }
    }),
  );
});
