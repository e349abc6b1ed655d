import { problem } from '../problem/index.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

type PartType = 'string' | 'number';
type Parts<Types extends readonly PartType[]> = {
  [Index in keyof Types]: Types[Index] extends 'string' ? string : number;
};

/** What a page asks for: one row more than it shows, to know whether there are others. */
export interface Page<Position> {
  /** The position of the last row of the page before; undefined: the first page. */
  after: Position | undefined;
  limit: number;
}

/** Keyset pagination of a list whose rows each have a position in its order. */
export interface Keyset<Position> {
  /** Reads the cursor and limit of a call. Throws `invalid_input` for a cursor that is not one of this list. */
  page(input: { cursor?: string | undefined; limit: number }): Page<Position>;
  /** Cuts what a page brought to the rows that are shown, with the cursor of the rest. */
  cut<Row>(
    rows: readonly Row[],
    page: Page<Position>,
    positionOf: (row: Row) => Position,
  ): { rows: Row[]; nextCursor: string | null };
}

/**
 * Describes the cursors of a list.
 * @param types of the parts of a cursor
 * @param read returns undefined for parts that are no position
 * @param write the opposite
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
      throw problem('invalid_input', {
        errors: [{ path: 'cursor', code: 'invalid_cursor', message: 'is not a cursor of this list' }],
      });
    },
    cut(rows, page, positionOf) {
      const shown = rows.slice(0, page.limit - 1);
      const last = rows.length > shown.length ? shown.at(-1) : undefined;
      return { rows: shown, nextCursor: last === undefined ? null : encodeCursor(write(positionOf(last))) };
    },
  };
}
