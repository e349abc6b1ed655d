import type { Executor } from '../../platform/database/index.ts';
import { type EntryPosition, type EntryQuery, edgeOf, entries, type Stretch } from './find-store.ts';

/** The newest entries are looked through first, whatever they say: most words that people look for are among them. */
const NEWEST = 2_000;
/** Up to so many entries are sorted as a whole. */
const FEW = 1_000;
/** Of more, so many are read at a time. */
const PAGE = 200;
/** Something frequent is looked for in stretches of time, each so many times as long as the one before. */
const GROWTH = 8;
/** Stands before every entry of its instant. */
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Entries in portions, the newest first, at a cost that hangs on how many are taken and not on how many there are: what
 * is among the newest needs no look into the index of words, what is rare is sorted as a whole, and the rest is looked
 * for in stretches of time that grow until enough is found.
 */
export async function* newestFirst(
  db: Executor,
  query: EntryQuery,
  after: EntryPosition | undefined,
): AsyncGenerator<EntryPosition[]> {
  const { newest, edge, oldest } = await edgeOf(db, after, NEWEST);
  yield* inStretch(db, query, { from: edge, before: after });
  if (edge === undefined) return;
  const few = await entries(db, query, { from: undefined, before: at(edge) }, { examine: FEW, show: FEW });
  if (few.length < FEW) {
    yield few;
    return;
  }
  let width = Math.max(1, (newest - edge) * GROWTH);
  for (let end = edge; end > oldest; width *= GROWTH) {
    const from = end - width > oldest ? end - width : undefined;
    yield* inStretch(db, query, { from, before: at(end) });
    end = from ?? oldest;
  }
}

const at = (instant: number): EntryPosition => ({ at: instant, id: LOWEST_ID });

async function* inStretch(db: Executor, query: EntryQuery, stretch: Stretch): AsyncGenerator<EntryPosition[]> {
  for (let before = stretch.before; ; ) {
    const found = await entries(db, query, { from: stretch.from, before }, { show: PAGE });
    if (found.length > 0) yield found;
    if (found.length < PAGE) return;
    before = found.at(-1);
  }
}
