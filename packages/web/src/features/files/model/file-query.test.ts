import { expect, it } from 'vitest';
import { filesAddress, readFileQuery } from './file-query.ts';

it.each([
  [{}, '/w/1/files'],
  [{ q: 'a b&c' }, '/w/1/files?q=a+b%26c'],
  [{ kind: 'image' }, '/w/1/files?kind=image'],
  [{ q: 'plan', kind: 'document' }, '/w/1/files?q=plan&kind=document'],
] as const)('%j has the address %s, and is read from it', (query, address) => {
  expect(filesAddress('1', query)).toBe(address);
  expect(readFileQuery(Object.fromEntries(new URL(address, 'http://x').searchParams))).toEqual(query);
});

it('leaves out what is of another form', () => {
  expect(readFileQuery({ q: 7, kind: 'film' })).toEqual({});
  expect(readFileQuery({ q: '', kind: undefined })).toEqual({});
  expect(readFileQuery({ q: 'a'.repeat(200) }).q).toHaveLength(100);
});
