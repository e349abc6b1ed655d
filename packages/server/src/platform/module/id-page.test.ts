import { expect, test } from 'vitest';
import { ProblemError } from '../problem/index.ts';
import { encodeCursor } from './cursor.ts';
import { cutPage, idPage } from './id-page.ts';

const ids = Array.from({ length: 5 }, (_, n) => `0197c0de-0000-7000-8000-00000000000${n}`);

function walk(limit: number): string[][] {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = idPage({ cursor, limit });
    const found = ids.filter((id) => page.after === undefined || id > page.after).slice(0, page.limit);
    const { rows, nextCursor } = cutPage(found, page, (id) => id);
    pages.push(rows);
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

test.each([
  [1, [1, 1, 1, 1, 1]],
  [2, [2, 2, 1]],
  [5, [5]],
  [6, [5]],
])('pages of %i hold every row once, and none is empty', (limit, sizes) => {
  const pages = walk(limit);
  expect(pages.map((page) => page.length)).toEqual(sizes);
  expect(pages.flat()).toEqual(ids);
});

test.each([encodeCursor(['\0']), encodeCursor(["' or true"]), encodeCursor([7]), encodeCursor([]), 'abc'])(
  'refuses the cursor %s',
  (cursor) => {
    expect(() => idPage({ cursor, limit: 10 })).toThrow(ProblemError);
  },
);
