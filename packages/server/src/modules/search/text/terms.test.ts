import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gramsOf, termsOf } from './terms.ts';

const terms = (text: string) => [...termsOf(text).terms];

describe('terms', () => {
  it.each([
    ['The Café, the café!', ['the', 'cafe']],
    ['snake_case and v2.0', ['snake', 'case', 'and', 'v2', '0']],
    ['東京都へ', ['東京', '京都', '都へ', 'へ']],
    ['Tokyo東京', ['tokyo', '東京', '京']],
    ['한국어', ['한국', '국어', '어']],
    ['done 🎉👍🏽', ['done', '🎉', '👍']],
    ['... !!! ---', []],
  ])('of %s', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it('takes a very long word in pieces', () => {
    expect(terms('x'.repeat(150))).toEqual(['x'.repeat(64), 'x'.repeat(22)]);
  });

  it('names the words that have parts', () => {
    expect([...termsOf('the tomatoes 東京都庁').words]).toEqual(['tomatoes']);
  });

  it('holds nothing that PostgreSQL would read as more than a word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        for (const term of terms(text)) expect(term).toMatch(/^(?:[\p{L}\p{N}\p{M}]+|\p{ExtPict})[\p{L}\p{N}\p{M}]*$/u);
      }),
    );
  });
});

describe('grams', () => {
  it('are all threes, each once', () => {
    expect(gramsOf('banana')).toEqual(['ban', 'ana', 'nan']);
    expect(gramsOf('ab')).toEqual([]);
    expect(gramsOf('𝒳yz')).toEqual(['𝒳yz']);
  });
});
