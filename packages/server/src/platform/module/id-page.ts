import { validate } from 'uuid';
import { keyset, type Page } from './keyset.ts';

/** A page of a list in the order of ids. */
export type IdPage = Page<string>;

const ids = keyset(
  ['string'],
  (id) => (validate(id) ? id : undefined),
  (id: string) => [id],
);

/** Reads the cursor and limit of a list in the order of ids. Throws `invalid_input` for any other cursor. */
export const idPage = ids.page;

/** Cuts what an IdPage brought to the rows that are shown, with the cursor of the rest. */
export const cutPage = ids.cut;
