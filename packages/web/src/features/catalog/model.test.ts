import { expect, it } from 'vitest';
import {
  listInput,
  moved,
  namedImages,
  picturesOf,
  readPrice,
  readProductFilters,
  stockLevel,
  withFilters,
  writtenPrice,
} from './model.ts';

it.each([
  [{}, '/shop/1'],
  [{ q: 'twine', inStock: 'true', sort: 'price' }, '/shop/1?q=twine&inStock=true&sort=price'],
  [{ q: '', inStock: 'no', show: 'all', sort: 'created' }, '/shop/1'],
  [{ show: 'inactive' }, '/shop/1?show=inactive'],
])('reads %o as what is at %s', (search, address) => {
  expect(withFilters('/shop/1', readProductFilters(search))).toBe(address);
});

it('asks the server for what the filters say', () => {
  expect(listInput('1', {})).toEqual({ workspaceId: '1' });
  expect(listInput('1', { q: 'twine', inStock: true, show: 'inactive', sort: 'name' })).toEqual({
    ...{ workspaceId: '1', name: 'twine', inStock: true, active: false, sort: 'name' },
  });
});

it.each([
  [0, 5, 'out'],
  [5, 5, 'low'],
  [6, 5, 'enough'],
  [1, 0, 'enough'],
])('of %i with a bound of %i there is %s', (stock, lowStock, level) => {
  expect(stockLevel({ stock, lowStock })).toBe(level);
});

it.each([
  ['4.90', 'EUR', 490],
  [' 4,9 ', 'EUR', 490],
  ['490', 'JPY', 490],
  ['1.234', 'KWD', 1234],
  ['4.905', 'EUR', undefined],
  ['4.9', 'JPY', undefined],
  ['-1', 'EUR', undefined],
  ['1.000,50', 'EUR', undefined],
  ['free', 'EUR', undefined],
])('reads %s of %s as %s', (text, currency, minor) => {
  expect(readPrice(text, currency)).toBe(minor);
});

it('writes a price as it is read', () => {
  expect(writtenPrice(490, 'EUR')).toBe('4.90');
  expect(writtenPrice(490, 'JPY')).toBe('490');
});

const picture = (url: string, fileId: string | null = null) => ({ url, fileId, alt: 'A tree' });

it('shows pictures of this server alone, those that were uploaded and those of its address', () => {
  const stored = picture('/api/v1/attachments/1/content', '1');
  const own = picture('https://here.example/a.png');
  const images = [picture('https://elsewhere.example/a.png'), stored, own];
  expect(picturesOf({ images }, 'https://here.example')).toEqual([stored, own]);
});

it('names pictures by their file, or by their address', () => {
  expect(namedImages([picture('/api/v1/x', 'f1'), picture('https://e.example/a.png')])).toEqual([
    { fileId: 'f1', alt: 'A tree' },
    { url: 'https://e.example/a.png', alt: 'A tree' },
  ]);
});

it.each([
  [0, 1, ['b', 'a', 'c']],
  [2, -1, ['a', 'c', 'b']],
  [0, -1, ['a', 'b', 'c']],
  [2, 1, ['a', 'b', 'c']],
] as const)('moves the item at %i by %i', (at, by, expected) => {
  expect(moved(['a', 'b', 'c'], at, by)).toEqual(expected);
});
