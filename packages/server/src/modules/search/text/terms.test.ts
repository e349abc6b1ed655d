import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { middleTermsOf, termsOf } from './terms.ts';

const isMiddle = (term: string) => term.startsWith('~');
const terms = (text: string) => [...termsOf(text)].filter((term) => !isMiddle(term));

describe('terms', () => {
  it.each([
    ['The Café, the café!', ['the', 'cafe']],
    ['snake_case and v2.0', ['snake', 'case', 'and', 'v2', '0']],
    ['東京都へ', ['東京', '京都', '都へ', 'へ']],
    ['Tokyo東京', ['tokyo', '東京', '京']],
    ['한국어', ['한국', '국어', '어']],
    ['done 🎉👍🏽', ['done', '🎉', '👍']],
    ['go 🇩🇪🇺🇸', ['go', '🇩🇪', '🇺🇸']],
    ['... !!! ---', []],
  ])('of %s', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it('are those that the index was built with', () => {
    const sample = 'The Café isn’t in Łódź: snake_case, v2.0, e‑mail, 東京都, 한국어, مُحَمَّد, מֹשֶׁה, 🎉 🇩🇪 ﬁsh Straße';
    const hash = createHash('sha256')
      .update([...termsOf(sample)].join(' '))
      .digest('hex')
      .slice(0, 16);
    // If the terms change, add a migration that empties search_entry and search_position: the index is then rebuilt.
    expect(hash).toBe('f9a73fa19d0a0a07');
  });

  it('splits a very long word', () => {
    expect(terms('x'.repeat(150))).toEqual(['x'.repeat(64), 'x'.repeat(22)]);
  });

  it('include the middles of words, not their beginnings', () => {
    expect([...termsOf('the onion 東京都庁')].filter(isMiddle)).toEqual(['~nio', '~ion']);
  });

  it('contain nothing that PostgreSQL would parse as more than a word', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        for (const term of termsOf(text))
          expect(term).toMatch(/^~?(?:[\p{L}\p{N}\p{M}]+|\p{RI}{2}|\p{ExtPict})[\p{L}\p{N}\p{M}]*$/u);
      }),
    );
  });
});

describe('a part of a word', () => {
  it('is found by all its trigrams, each once', () => {
    expect(middleTermsOf('banana')).toEqual(['~ban', '~ana', '~nan']);
    expect(middleTermsOf('𝒳yz')).toEqual(['~𝒳yz']);
  });

  it('has only terms that every word with it in the middle has', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '1', '𐐨'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(word, word, word, (before, part, after) => {
        const all = termsOf(before + part + after);
        for (const term of middleTermsOf(part)) expect(all).toContain(term);
      }),
    );
  });
});
