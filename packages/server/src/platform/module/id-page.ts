import { validate } from 'uuid';
import { problem } from '../problem/index.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';

/** What a page of a list in the order of ids asks for: one row more than it shows, to know whether there are others. */
export interface IdPage {
  after: string | undefined;
  limit: number;
}

/**
 * Reads the cursor and limit of a list in the order of ids.
 * @throws `invalid_input` for anything that is not such a cursor
 */
export function idPage(input: { cursor?: string | undefined; limit: number }): IdPage {
  const limit = input.limit + 1;
  if (input.cursor === undefined) return { after: undefined, limit };
  const [after] = decodeCursor(input.cursor, ['string']);
  if (validate(after)) return { after, limit };
  throw problem('invalid_input', {
    errors: [{ path: 'cursor', code: 'invalid_cursor', message: 'is not a cursor of this list' }],
  });
}

/** Cuts what an IdPage brought to the rows that are shown, with the cursor of the rest. */
export function cutPage<Row>(
  rows: readonly Row[],
  page: IdPage,
  idOf: (row: Row) => string,
): { rows: Row[]; nextCursor: string | null } {
  const shown = rows.slice(0, page.limit - 1);
  const last = rows.length > shown.length ? shown.at(-1) : undefined;
  return { rows: shown, nextCursor: last === undefined ? null : encodeCursor([idOf(last)]) };
}
