import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldWithOffsets } from './fold.ts';

describe('folding', () => {
  it.each([
    ['Café', 'cafe'],
    ['CAFE\u0301', 'cafe'],
    ['Straße', 'strasse'],
    ['Łódź', 'lodz'],
    ['Ærøskøbing', 'aeroskobing'],
    ['İstanbul', 'istanbul'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['Ёлка', 'елка'],
    ['ﬁsh', 'fish'],
    ['ｱﾙﾌｧ', 'アルファ'],
    ['がか', 'がか'],
    ['한국어', '한국어'],
    ['한국어'.normalize('NFD'), '한국어'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['don’t', "don't"],
    ['donʼt', "don't"],
    ['e\u2011mail', 'e-mail'],
    ['10 \u2212 3 – 4', '10 - 3 - 4'],
    ['מֹשֶׁה', 'משה'],
    ['مُحَمَّد', 'محمد'],
    ['محـــمد', 'محمد'],
  ])('%s is compared as %s', (written, compared) => {
    expect(fold(written)).toBe(compared);
  });

  it('is idempotent', () => {
    const marks = fc.constantFrom('’', '\u2011', 'מֹ', 'مُ', 'أ', '\u0640', 'e', '\u0301', '\u02bc');
    fc.assert(
      fc.property(fc.array(marks), (signs) => {
        const text = signs.join('');
        return fold(fold(text)) === fold(text) && foldWithOffsets(text).text === fold(text);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
  });
});

describe('positions', () => {
  it('are known for every unit of the folded text', () => {
    const { text, starts, ends } = foldWithOffsets('aßé😀');
    expect(text).toBe('asse😀');
    expect(starts).toEqual([0, 1, 1, 2, 3, 3]);
    expect(ends).toEqual([1, 2, 2, 3, 5, 5]);
  });

  it('belong to the same text as plain folding', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = foldWithOffsets(text);
        expect(folded.text).toBe(fold(text));
        expect(folded.starts).toHaveLength(folded.text.length);
      }),
    );
  });
});
