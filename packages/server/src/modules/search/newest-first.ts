import type { Executor } from '../../platform/database/index.ts';
import { type EntryPosition, type EntryQuery, entries, type Stretch, wholeSpan } from './find-store.ts';

/** Up to so many entries are sorted as a whole. */
const FEW = 1_000;
/** Of more, so many are read at a time. */
const PAGE = 200;
/** The first stretch of time that is looked through for something frequent, as a part of the whole; each next is longer. */
const FIRST_PART = 1 / 4096;
const GROWTH = 8;

/**
 * Entries in portions, the newest first, at a cost that hangs on how many are taken and not on how many there are: what
 * is rare is sorted as a whole, what is frequent is looked for in stretches of time that grow until enough is found.
 */
export async function* newestFirst(
  db: Executor,
  query: EntryQuery,
  after: EntryPosition | undefined,
): AsyncGenerator<EntryPosition[]> {
  const few = await entries(db, query, { from: undefined, before: after }, { examine: FEW, show: FEW });
  if (few.length < FEW) {
    yield few;
    return;
  }
  const { oldest, newest } = await wholeSpan(db);
  const end = after?.at ?? newest;
  let stretch: Stretch = { from: end - (newest - oldest) * FIRST_PART, before: after };
  for (let part = FIRST_PART; ; ) {
    const found = await entries(db, query, stretch, { show: PAGE });
    if (found.length > 0) yield found;
    if (found.length === PAGE) {
      stretch = { ...stretch, before: found.at(-1) };
      continue;
    }
    if (stretch.from === undefined) return;
    part *= GROWTH;
    const from = part < 1 ? end - (newest - oldest) * part : undefined;
    stretch = { from, before: { at: stretch.from, id: LOWEST_ID } };
  }
}

/** Stands before every entry of its instant. */
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';
