import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createQueryReader } from './query.ts';

const readQuery = createQueryReader(
  z.object({
    text: z.string(),
    count: z.int().min(0).default(5),
    flag: z.boolean().optional(),
    ids: z.array(z.string()).optional(),
    piped: z.string().trim().pipe(z.email()).nullable().optional(),
  }),
);

describe('a query', () => {
  it.each([
    [{ text: '7' }, { text: '7' }],
    [{ count: '7' }, { count: 7 }],
    [{ count: '-7' }, { count: -7 }],
    [{ flag: 'true' }, { flag: true }],
    [{ flag: 'false' }, { flag: false }],
    [{ ids: 'a' }, { ids: ['a'] }],
    [{ ids: ['a', 'b'] }, { ids: ['a', 'b'] }],
    [{ piped: 'a@b.c' }, { piped: 'a@b.c' }],
  ])('%j is read as %j', (query, expected) => {
    expect(readQuery(query)).toEqual(expected);
  });

  it.each([
    { count: '' },
    { count: '1e3' },
    { count: '0x10' },
    { count: ' 7' },
    { count: '7.5' },
    { count: '9'.repeat(30) },
    { count: ['1', '2'] },
    { flag: 'yes' },
    { flag: '1' },
    { text: ['a', 'b'] },
    { unknown: '1' },
  ])('leaves %j for the schema to refuse', (query) => {
    expect(readQuery(query)).toEqual(query);
  });

  it('treats the key __proto__ as a normal key', () => {
    expect(Object.keys(readQuery(JSON.parse('{"__proto__":"1"}')))).toEqual(['__proto__']);
  });
});
