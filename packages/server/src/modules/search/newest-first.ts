import type { Executor, Transaction } from '../../platform/database/index.ts';
import {
  type EntryPosition,
  type EntryQuery,
  edgeOf,
  entries,
  frequencyIn,
  type Period,
  preferBitmapScans,
} from './find-store.ts';

/** Number of newest entries that are scanned first: most searches find enough there. */
const NEWEST = 2_000;
/** A term with this many matches among them is frequent: the index of terms would return too much. */
const FREQUENT = 40;
/** Up to this many matches are sorted together. */
const FEW = 1_000;
/** Above that, this many are read at once. */
const PAGE = 200;
/** Frequent terms are searched in periods, each this many times as long as the previous one. */
const GROWTH = 8;
/** Sorts before every entry of the same time. */
const LOWEST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Yields entries in portions, newest first. The cost depends on how many are taken, not on how many there are: the newest
 * are scanned without the index of terms, rare terms are sorted together, and frequent ones are searched in growing
 * periods. Changes planner settings for the rest of the transaction.
 */
export async function* newestFirst(
  tx: Transaction,
  query: EntryQuery,
  after: EntryPosition | undefined,
): AsyncGenerator<EntryPosition[]> {
  const before = earlier(after, query.until);
  const { newest, edge, oldest } = await edgeOf(tx, before, NEWEST);
  await preferBitmapScans(tx);
  const first = { from: edge, before };
  yield* inPeriod(tx, query, first, false);
  if (edge === undefined) return;
  const byTerms = query.terms !== '' && (await frequencyIn(tx, query.terms, first)) < FREQUENT;
  if (byTerms || query.fewMessages) {
    const few = await entries(tx, query, { from: undefined, before: at(edge) }, { byTerms, examine: FEW, show: FEW });
    if (few.length < FEW) {
      yield few;
      return;
    }
  }
  let width = Math.max(1, (newest - edge) * GROWTH);
  for (let end = edge; end > oldest; width *= GROWTH) {
    const from = end - width > oldest ? end - width : undefined;
    yield* inPeriod(tx, query, { from, before: at(end) }, byTerms);
    end = from ?? oldest;
  }
}

function earlier(after: EntryPosition | undefined, until: Date | undefined): EntryPosition | undefined {
  const end = until && at(until.getTime() * 1_000);
  return after !== undefined && end !== undefined ? (after.at < end.at ? after : end) : (after ?? end);
}

const at = (instant: number): EntryPosition => ({ at: instant, id: LOWEST_ID });

async function* inPeriod(
  db: Executor,
  query: EntryQuery,
  period: Period,
  byTerms: boolean,
): AsyncGenerator<EntryPosition[]> {
  for (let before = period.before; ; ) {
    const found = await entries(db, query, { from: period.from, before }, { byTerms, show: PAGE });
    if (found.length > 0) yield found;
    if (found.length < PAGE) return;
    before = found.at(-1);
  }
}
