import type { Executor, Transaction } from '../../platform/database/index.ts';
import {
  type EntryPosition,
  type EntryQuery,
  edgeOf,
  entries,
  frequencyIn,
  planBySets,
  type Stretch,
} from './find-store.ts';

/** The newest entries are looked through first, whatever they say: most words that people look for are among them. */
const NEWEST = 2_000;
/** What so many of them say is frequent: the index of terms would bring more than it saves. */
const FREQUENT = 40;
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
 * is among the newest needs no look into the index of terms, what is rare is sorted as a whole, and the rest is looked
 * for in stretches of time that grow until enough is found. Changes how the rest of the transaction is planned.
 */
export async function* newestFirst(
  tx: Transaction,
  query: EntryQuery,
  after: EntryPosition | undefined,
): AsyncGenerator<EntryPosition[]> {
  const before = earlier(after, query.until);
  const { newest, edge, oldest } = await edgeOf(tx, before, NEWEST);
  await planBySets(tx);
  const first = { from: edge, before };
  yield* inStretch(tx, query, first, false);
  if (edge === undefined) return;
  const byTerms = query.terms !== '' && (await frequencyIn(tx, query.terms, first)) < FREQUENT;
  if (byTerms || query.quiet) {
    const few = await entries(tx, query, { from: undefined, before: at(edge) }, { byTerms, examine: FEW, show: FEW });
    if (few.length < FEW) {
      yield few;
      return;
    }
  }
  let width = Math.max(1, (newest - edge) * GROWTH);
  for (let end = edge; end > oldest; width *= GROWTH) {
    const from = end - width > oldest ? end - width : undefined;
    yield* inStretch(tx, query, { from, before: at(end) }, byTerms);
    end = from ?? oldest;
  }
}

function earlier(after: EntryPosition | undefined, until: Date | undefined): EntryPosition | undefined {
  const end = until && at(until.getTime() * 1_000);
  return after !== undefined && end !== undefined ? (after.at < end.at ? after : end) : (after ?? end);
}

const at = (instant: number): EntryPosition => ({ at: instant, id: LOWEST_ID });

async function* inStretch(
  db: Executor,
  query: EntryQuery,
  stretch: Stretch,
  byTerms: boolean,
): AsyncGenerator<EntryPosition[]> {
  for (let before = stretch.before; ; ) {
    const found = await entries(db, query, { from: stretch.from, before }, { byTerms, show: PAGE });
    if (found.length > 0) yield found;
    if (found.length < PAGE) return;
    before = found.at(-1);
  }
}
