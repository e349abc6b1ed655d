import type { Message, ParsedInputOf, search } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import type { EntryPosition, EntryQuery } from './find-store.ts';
import { newestFirst } from './newest-first.ts';
import type { Pace } from './pace.ts';
import type { MessageSource } from './source.ts';
import { comparable, matches, scoreOf } from './text/match.ts';
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
const FIRST_PORTION = 60;
const PORTION = 100;
/** After so many that were not it, a page ends short; its cursor goes on. */
const MOST_READ = 2_000;
/** The same for what they say, in UTF-16 units: reading is work, and so is comparing. */
const MOST_CHARACTERS = 500_000;
/** Out of so many of the newest the best are chosen. */
export const CANDIDATES_FOR_BEST = 500;

/** Where messages are looked for, and how. */
export interface Finding {
  tx: Transaction;
  source: MessageSource;
  search: Search;
  pace: Pace;
}

/** Small ones first: most pages need no more. */
function* portions<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0, size = FIRST_PORTION; at < items.length; at += size, size = PORTION)
    yield items.slice(at, at + size);
}

/** A message that the index brought up. */
interface Examined {
  position: EntryPosition;
  /** Undefined: it does not answer the query. */
  hit: Hit | undefined;
  /** As much has been read as one call may read. */
  isEnough: boolean;
}

/**
 * What the index brings up, one by one. How much is read hangs on those messages alone, and not on the portions in which
 * they come: these hang on what others have written.
 */
async function* examine(finding: Finding, after: EntryPosition | undefined): AsyncGenerator<Examined> {
  const { tx, source, search, pace } = finding;
  let read = 0;
  let characters = 0;
  for await (const found of newestFirst(tx, search.entries, after)) {
    for (const portion of portions(found)) {
      const ids = portion.map(({ id }) => id);
      const messages = await source.show(tx, ids);
      for (const position of portion) {
        await pace();
        const message = messages.get(position.id);
        read += 1;
        characters += message?.content.length ?? 0;
        const isEnough = read >= MOST_READ || characters >= MOST_CHARACTERS;
        yield { position, hit: message && hitOf(message, position, search.clauses), isEnough };
      }
    }
  }
}

function hitOf(message: Message, position: EntryPosition, clauses: readonly Clause[]): Hit | undefined {
  const text = comparable(message.content);
  return matches(text, clauses) ? { message, position, score: scoreOf(text, clauses) } : undefined;
}

/** The newest messages that answer the query. */
export async function findNewest(
  finding: Finding,
  page: { after: EntryPosition | undefined; limit: number },
): Promise<HitPage> {
  const hits: Hit[] = [];
  for await (const { hit, position, isEnough } of examine(finding, page.after)) {
    // One more than fits: there is a next page.
    if (hit !== undefined && hits.length === page.limit) return { hits, next: hits.at(-1)?.position };
    if (hit !== undefined) hits.push(hit);
    if (isEnough) return { hits, next: position };
  }
  return { hits, next: undefined };
}

/**
 * The best of the newest messages that answer the query, the best first.
 * @param upTo the newest that counts, so that what comes in later does not move the pages
 */
export async function findBest(finding: Finding, upTo: EntryPosition | undefined): Promise<Hit[]> {
  const hits: Hit[] = [];
  for await (const { hit, isEnough } of examine(finding, upTo)) {
    if (hit !== undefined) hits.push(hit);
    if (isEnough || hits.length >= CANDIDATES_FOR_BEST) break;
  }
  return hits.sort(byScore);
}

/** The better first, of equals the newer. */
export function byScore(a: Omit<Hit, 'message'>, b: Omit<Hit, 'message'>): number {
  return b.score - a.score || b.position.at - a.position.at || b.position.id.localeCompare(a.position.id);
}
