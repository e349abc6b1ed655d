import { expect, it } from 'vitest';
import { ProblemError } from '../problem/index.ts';
import { encodeCursor, isCursorInstant } from './cursor.ts';
import { keyset } from './keyset.ts';

const pages = keyset(
  ['number', 'string'],
  (at, id) => (at >= 0 ? { at, id } : undefined),
  ({ at, id }: { at: number; id: string }) => [at, id],
);

it('queries one extra row and returns a cursor only if there is one', () => {
  const first = pages.page({ limit: 2 });
  expect(first).toEqual({ after: undefined, limit: 3 });
  const rows = [1, 2, 3].map((at) => ({ at, id: `row ${at}` }));
  const cut = pages.cut(rows, first, (row) => row);
  expect(cut.rows).toEqual(rows.slice(0, 2));
  expect(pages.page({ cursor: String(cut.nextCursor), limit: 2 }).after).toEqual({ at: 2, id: 'row 2' });
  expect(pages.cut(rows.slice(2), first, (row) => row)).toEqual({ rows: rows.slice(2), nextCursor: null });
});

it.each([encodeCursor([-1, 'x']), encodeCursor(['x', 1]), encodeCursor([1]), 'abc'])(
  'refuses the cursor %s',
  (cursor) => {
    expect(() => pages.page({ cursor, limit: 2 })).toThrow(ProblemError);
  },
);

it.each([
  ['2026-02-28T10:00:00.000Z', true],
  ['2026-02-30T10:00:00.000Z', false],
  ['2026-13-01T10:00:00.000Z', false],
  ['0000-01-01T00:00:00.000Z', false],
  ['+275760-09-13T00:00:00.000Z', false],
  ['2026-02-28', false],
  ['yesterday', false],
])('knows the instants that a database can compare: %s', (text, isOne) => {
  expect(isCursorInstant(text)).toBe(isOne);
});
