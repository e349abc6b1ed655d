import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, foldWithPlaces } from './fold.ts';

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
  ])('%s is compared as %s', (written, compared) => {
    expect(fold(written)).toBe(compared);
  });

  it('folds once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => fold(fold(text)) === fold(text)));
  });
});

describe('places', () => {
  it('knows where each unit comes from', () => {
    const { text, starts, ends } = foldWithPlaces('aßé😀');
    expect(text).toBe('asse😀');
    expect(starts).toEqual([0, 1, 1, 2, 3, 3]);
    expect(ends).toEqual([1, 2, 2, 3, 5, 5]);
  });

  it('gives the same text as folding at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const folded = foldWithPlaces(text);
        expect(folded.text).toBe(fold(text));
        expect(folded.starts).toHaveLength(folded.text.length);
      }),
    );
  });
});
