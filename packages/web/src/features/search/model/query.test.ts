import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asksSomething, readSearch, searchAddress } from './query.ts';

const word = fc.stringMatching(/^[a-zé"& +#]{1,12}$/);
const query = fc.record(
  {
    q: word,
    in: fc.uuid(),
    from: fc.uuid(),
    after: fc.constantFrom('2026-11-01', '2026-02-28'),
    before: fc.constantFrom('2026-11-30'),
    has: fc.uniqueArray(fc.constantFrom('link' as const, 'reaction' as const, 'pin' as const, 'file' as const), {
      minLength: 1,
    }),
    order: fc.constantFrom('newest' as const, 'best' as const),
  },
  { requiredKeys: [] },
);

describe('the address of a search', () => {
  it('says all of it', () => {
    fc.assert(
      fc.property(query, (wanted) => {
        const { search } = new URL(searchAddress(wanted), 'http://a.example');
        expect(readSearch(new URLSearchParams(search))).toEqual(wanted);
      }),
    );
  });

  it('is read with what is wrong left out', () => {
    expect(readSearch(new URLSearchParams('q=seed&after=yesterday&has=x&has=pin&has=file&order=odd'))).toEqual({
      q: 'seed',
      has: ['pin', 'file'],
    });
  });
});

it('knows when nothing is searched for', () => {
  expect(asksSomething({ order: 'best' })).toBe(false);
  expect(asksSomething({ q: '' })).toBe(false);
  expect(asksSomething({ in: 'c' })).toBe(true);
});
