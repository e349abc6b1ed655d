import { describe, expect, it } from 'vitest';
import { ranked, wantedOf } from './rank.ts';

const names = [
  'general',
  'greenhouse',
  'orders-autumn',
  'seeds',
  'Ben Koch',
  'Bernadette Ko',
  'Zoë Müller',
  '佐藤 花子',
];
const find = (query: string, limit = 8) => ranked(query, names, (name) => name, limit);

describe('matching parts of names', () => {
  it.each([
    ['gre', 'greenhouse'],
    ['aut', 'orders-autumn'],
    ['koch', 'Ben Koch'],
    ['ben', 'Ben Koch'],
    ['zoe mul', 'Zoë Müller'],
    ['müller', 'Zoë Müller'],
    ['花子', '佐藤 花子'],
    ['grenhouse', 'greenhouse'],
  ])('%j finds %j first', (query, name) => {
    expect(find(query)[0]).toBe(name);
  });

  it('returns nothing without a match, and everything without a query', () => {
    expect(find('xylophone')).toEqual([]);
    expect(find('', 3)).toEqual(names.slice(0, 3));
  });
});

it.each([
  ['> new', 'commands', 'new'],
  ['#gen', 'conversations', 'gen'],
  ['@ben', 'people', 'ben'],
  ['ben', 'all', 'ben'],
  ['', 'all', ''],
])('%j looks for %s', (typed, kind, query) => {
  expect(wantedOf(typed)).toEqual({ kind, query });
});
