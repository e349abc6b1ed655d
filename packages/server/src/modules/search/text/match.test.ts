import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparable, matches, rangesOf, scoreOf } from './match.ts';
import { parseQuery } from './query.ts';

const found = (content: string, query: string) =>
  rangesOf(content, parseQuery(query)).map(({ start, end }) => content.slice(start, end));

describe('matching', () => {
  it.each([
    ['the cafe', 'Ein Café, the', true],
    ['omat', 'tomatoes', true],
    ['to', 'tomatoes', false],
    ['to', 'go to bed', true],
    ['tom', 'tomatoes', true],
    ['to', 'potato', false],
    ['a', 'a cat', true],
    ['a', 'cat', false],
    ['"tomato"', 'tomatoes', false],
    ['"red tomato"', 'a red tomato.', true],
    ['"red tomato"', 'tomato red', false],
    ['tomato red', 'red tomatoes', true],
    ['京都', '東京都庁', true],
    ['東庁', '東京都庁', false],
    ["don't", "I don't know", true],
    ['example.org/a', 'see https://example.org/a-b', true],
    ['🎉', 'done 🎉', true],
  ])('%s in %s: %s', (query, content, expected) => {
    expect(matches(comparable(content), parseQuery(query))).toBe(expected);
  });
});

describe('ranges', () => {
  it('are parts of the original text', () => {
    expect(found('Ein Café und cafe\u0301s, Straße', 'cafe strasse')).toEqual(['Café', 'cafe\u0301', 'Straße']);
    expect(found('東京都', '京都')).toEqual(['京都']);
  });

  it('that touch are merged', () => {
    expect(found('tomatoes', 'tomat toes')).toEqual(['tomatoes']);
  });

  it('exist exactly if the text matches one clause', () => {
    const word = fc.string({
      unit: fc.constantFrom('a', 'é', 'b', ' ', '東', '京', 'ß', '-'),
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(word, word, (content, query) => {
        const clauses = parseQuery(query).slice(0, 1);
        fc.pre(clauses.length === 1);
        expect(rangesOf(content, clauses).length > 0).toBe(matches(comparable(content), clauses));
      }),
    );
  });

  it('are those near the first one', () => {
    expect(found(`x ${'é '.repeat(3_000)}one two ${'é '.repeat(3_000)}one`, 'one two')).toEqual(['one', 'two']);
    expect(found('ab '.repeat(2_000), 'ab').length).toBeLessThan(300);
  });

  it('are the same wherever in a text they are', () => {
    const filler = fc.string({ unit: fc.constantFrom('é', '😀', 'ß', ' ', 'e\u0301', '東'), maxLength: 1_500 });
    fc.assert(
      fc.property(filler, filler, (before, after) => {
        const content = `${before} Nädel ${after}`;
        expect(found(content, 'nadel')).toEqual(['Nädel']);
      }),
    );
  });

  it('are found beside a letter with any number of accents', () => {
    expect(found(`${'a'}${'\u0301'.repeat(5_000)} needle`, 'needle')).toEqual(['needle']);
  });
});

describe('scores', () => {
  it('rank whole words above prefixes above infixes', () => {
    const [whole, beginning, middle] = ['mato', 'matone', 'tomato'].map((text) =>
      scoreOf(comparable(text), parseQuery('mato')),
    );
    expect(whole).toBeGreaterThan(beginning ?? 0);
    expect(beginning).toBeGreaterThan(middle ?? 0);
  });
});
