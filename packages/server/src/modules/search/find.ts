import type { Message, ParsedInputOf, search } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import type { EntryPosition, EntryQuery } from './find-store.ts';
import { newestFirst } from './newest-first.ts';
import type { MessageSource } from './source.ts';
import { matches, scoreOf } from './text/match.ts';
import type { Clause } from './text/query.ts';

/** A message that answers the query, and where it stands in the index. */
export interface Hit {
  message: Message;
  position: EntryPosition;
  score: number;
}

/** What is looked for. */
export interface Search {
  clauses: readonly Clause[];
  entries: EntryQuery;
}

/** A page of hits; `next` is where the following one begins, undefined when there is none. */
export interface HitPage {
  hits: Hit[];
  next: EntryPosition | undefined;
}

export type SearchOrder = ParsedInputOf<typeof search.messages>['order'];

/** So many messages are read first, to see whether the query is really in them. */
const PORTION = 60;
/** After so many that were not it, a page ends short; its cursor goes on. */
const MOST_READ = 2_000;
/** Out of so many of the newest the best are chosen. */
export const CANDIDATES_FOR_BEST = 500;

/** Small ones first: most pages need no more. */
function portions<Item>(items: readonly Item[]): Item[][] {
  return [items.slice(0, PORTION), items.slice(PORTION)].filter((portion) => portion.length > 0);
}

async function* hitsOf(
  tx: Transaction,
  source: MessageSource,
  search: Search,
  after: EntryPosition | undefined,
): AsyncGenerator<{ hits: Hit[]; examined: EntryPosition[] }> {
  for await (const found of newestFirst(tx, search.entries, after)) {
    for (const examined of portions(found)) {
      const messages = await source.show(
        tx,
        examined.map(({ id }) => id),
      );
      const hits = examined.flatMap((position) => {
        const message = messages.get(position.id);
        if (message === undefined || !matches(message.content, search.clauses)) return [];
        return [{ message, position, score: 0 }];
      });
      yield { hits, examined };
    }
  }
}

/** The newest messages that answer the query. */
export async function findNewest(
  tx: Transaction,
  source: MessageSource,
  search: Search,
  page: { after: EntryPosition | undefined; limit: number },
): Promise<HitPage> {
  const hits: Hit[] = [];
  let read = 0;
  for await (const portion of hitsOf(tx, source, search, page.after)) {
    hits.push(...portion.hits);
    read += portion.examined.length;
    if (hits.length > page.limit) {
      const shown = hits.slice(0, page.limit);
      return { hits: shown, next: shown.at(-1)?.position };
    }
    if (read >= MOST_READ) return { hits, next: portion.examined.at(-1) };
  }
  return { hits, next: undefined };
}

/**
 * The best of the newest messages that answer the query, the best first.
 * @param upTo the newest that counts, so that what comes in later does not move the pages
 */
export async function findBest(
  tx: Transaction,
  source: MessageSource,
  search: Search,
  upTo: EntryPosition | undefined,
): Promise<Hit[]> {
  const hits: Hit[] = [];
  let read = 0;
  for await (const portion of hitsOf(tx, source, search, upTo)) {
    for (const hit of portion.hits) hits.push({ ...hit, score: scoreOf(hit.message.content, search.clauses) });
    read += portion.examined.length;
    if (hits.length >= CANDIDATES_FOR_BEST || read >= MOST_READ) break;
  }
  return hits.slice(0, CANDIDATES_FOR_BEST).sort(byScore);
}

/** The better first, of equals the newer. */
export function byScore(a: Omit<Hit, 'message'>, b: Omit<Hit, 'message'>): number {
  return b.score - a.score || b.position.at - a.position.at || b.position.id.localeCompare(a.position.id);
}
