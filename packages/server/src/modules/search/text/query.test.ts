import { describe, expect, it } from 'vitest';
import { parseQuery, partsOf, toTsQuery } from './query.ts';

const none = new Map<string, string[]>();
const query = (text: string, words: ReadonlyMap<string, readonly string[]> = none) =>
  toTsQuery(parseQuery(text), [], words);

describe('queries', () => {
  it.each([
    ['tomato', "'tomato':*"],
    ['Red tomátoes', "'red':* & 'tomatoes':*"],
    ['a', "'a'"],
    ['to', "'to'"],
    ['"red tomatoes"', "'red' & 'tomatoes'"],
    ['“half open', "'half' & 'open'"],
    ['don’t', "'don' & 't'"],
    ['東', "'東':*"],
    ['東京都', "'東京' & '京都'"],
    ['🎉', "'🎉'"],
    ["x' | 'y", "'x' & 'y'"],
    ['!!! ,', ''],
  ])('%s', (text, expected) => {
    expect(query(text)).toBe(expected);
  });

  it('looks for the words that hold a part', () => {
    expect(partsOf(parseQuery('to tomat "mato" omat-x'))).toEqual(['tomat', 'omat']);
    const words = new Map([['omat', ['tomatoes', 'automat']]]);
    expect(query('omat', words)).toBe("('omat':* | 'tomatoes' | 'automat')");
    expect(query('omat-x', words)).toBe("('omat' | 'automat') & 'x'");
  });

  it('adds marks', () => {
    expect(toTsQuery(parseQuery('x'), ['_link'], none)).toBe("'x' & '_link'");
    expect(toTsQuery([], ['_link', '_pin'], none)).toBe("'_link' & '_pin'");
  });
});
