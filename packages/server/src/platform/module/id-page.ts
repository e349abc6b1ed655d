import { validate } from 'uuid';
import { keyset, type Page } from './keyset.ts';

/** A page of a list ordered by id. */
export type IdPage = Page<string>;

const ids = keyset(
  ['string'],
  (id) => (validate(id) ? id : undefined),
  (id: string) => [id],
);

/** Reads the cursor and limit of a list ordered by id. Throws `invalid_input` for any other cursor. */
export const idPage = ids.page;

/** Cuts the rows of an IdPage to the page size, and returns the cursor of the next page. */
export const cutPage = ids.cut;
