import { decodeCursor, encodeCursor, invalidCursor } from './cursor.ts';

type PartType = 'string' | 'number';
type Parts<Types extends readonly PartType[]> = {
  [Index in keyof Types]: Types[Index] extends 'string' ? string : number;
};

/** The size of a query: one row more than the page, to know whether there are more. */
export interface Page<Position> {
  /** The position of the last row of the previous page; undefined for the first page. */
  after: Position | undefined;
  limit: number;
}

/** Keyset pagination of a list, each of whose rows has a position in the order. */
export interface Keyset<Position> {
  /** Reads the cursor and limit of a call. Throws `invalid_input` for a cursor of another list. */
  page(input: { cursor?: string | undefined; limit: number }): Page<Position>;
  /** Cuts the rows of a query to the page size, and returns the cursor of the next page. */
  cut<Row>(
    rows: readonly Row[],
    page: Page<Position>,
    positionOf: (row: Row) => Position,
  ): { rows: Row[]; nextCursor: string | null };
}

/**
 * Defines the cursors of a list.
 * @param types of the parts of a cursor
 * @param read returns undefined for invalid parts
 * @param write the inverse of `read`
 */
export function keyset<const Types extends readonly PartType[], Position>(
  types: Types,
  read: (...parts: Parts<Types>) => Position | undefined,
  write: (position: Position) => Parts<Types>,
): Keyset<Position> {
  return {
    page({ cursor, limit }) {
      if (cursor === undefined) return { after: undefined, limit: limit + 1 };
      const after = read(...decodeCursor(cursor, types));
      if (after !== undefined) return { after, limit: limit + 1 };
      throw invalidCursor();
    },
    cut(rows, page, positionOf) {
      const shown = rows.slice(0, page.limit - 1);
      const last = rows.length > shown.length ? shown.at(-1) : undefined;
      return { rows: shown, nextCursor: last === undefined ? null : encodeCursor(write(positionOf(last))) };
    },
  };
}
