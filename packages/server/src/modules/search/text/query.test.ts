import { describe, expect, it } from 'vitest';
import { parseQuery, toTsQuery } from './query.ts';

const query = (text: string) => toTsQuery(parseQuery(text), []);

describe('queries', () => {
  it.each([
    ['tomato', "('tomato':* | '~tom' & '~oma' & '~mat' & '~ato')"],
    ['Red bánana', "('red':* | '~red') & ('banana':* | '~ban' & '~ana' & '~nan')"],
    ['a', "'a'"],
    ['to', "'to'"],
    ['"red tomatoes"', "'red' & 'tomatoes'"],
    ['“half open', "'half' & 'open'"],
    ['don’t', "('don' | '~don') & 't'"],
    ['東', "'東':*"],
    ['東京都', "'東京' & '京都'"],
    ['🎉', "'🎉'"],
    ["x' | 'y", "'x' & 'y'"],
    ['!!! ,', ''],
  ])('%s', (text, expected) => {
    expect(query(text)).toBe(expected);
  });

  it('adds marks', () => {
    expect(toTsQuery(parseQuery('x'), ['_link'])).toBe("'x' & '_link'");
    expect(toTsQuery([], ['_link', '_pin'])).toBe("'_link' & '_pin'");
  });
});
