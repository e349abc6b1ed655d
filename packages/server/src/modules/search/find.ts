import type { Message, ParsedInputOf, search } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import type { EntryPosition, EntryQuery } from './find-store.ts';
import { newestFirst } from './newest-first.ts';
import type { Pace } from './pace.ts';
import { type MessageSource, searchedText } from './source.ts';
import { comparable, matches, scoreOf } from './text/match.ts';
import type { Clause } from './text/query.ts';

/** A message that matches the query, and its position in the index. */
export interface Hit {
  message: Message;
  position: EntryPosition;
  score: number;
}

/** A search. */
export interface Search {
  clauses: readonly Clause[];
  entries: EntryQuery;
}

/** A page of hits; `next` is the start of the next page, if any. */
export interface HitPage {
  hits: Hit[];
  next: EntryPosition | undefined;
}

export type SearchOrder = ParsedInputOf<typeof search.messages>['order'];

/** Number of candidate messages read first, to check that they really match. */
const FIRST_PORTION = 60;
const PORTION = 100;
/** A page ends early after this many candidates without a match; its cursor continues. */
const MOST_READ = 2_000;
/** The same for the length of their texts, in UTF-16 units. */
const MOST_CHARACTERS = 500_000;
/** Number of newest matches from which the best are chosen. */
export const CANDIDATES_FOR_BEST = 500;

/** Dependencies of a search. */
export interface Finding {
  tx: Transaction;
  source: MessageSource;
  search: Search;
  pace: Pace;
}

/** Starts with a small portion: most pages need no more. */
function* portions<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0, size = FIRST_PORTION; at < items.length; at += size, size = PORTION)
    yield items.slice(at, at + size);
}

/** A candidate from the index. */
interface Examined {
  position: EntryPosition;
  /** Undefined: it does not match the query. */
  hit: Hit | undefined;
  /** The call has read as much as it may. */
  isEnough: boolean;
}

/**
 * Yields the candidates one by one. How much is read depends on these messages only, not on the sizes of the portions,
 * which depend on other people's messages.
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
  const text = comparable(searchedText(message));
  return matches(text, clauses) ? { message, position, score: scoreOf(text, clauses) } : undefined;
}

/** The newest matching messages. */
export async function findNewest(
  finding: Finding,
  page: { after: EntryPosition | undefined; limit: number },
): Promise<HitPage> {
  const hits: Hit[] = [];
  for await (const { hit, position, isEnough } of examine(finding, page.after)) {
    // One more than the page shows whether there is a next one.
    if (hit !== undefined && hits.length === page.limit) return { hits, next: hits.at(-1)?.position };
    if (hit !== undefined) hits.push(hit);
    if (isEnough) return { hits, next: position };
  }
  return { hits, next: undefined };
}

/**
 * The best of the newest matching messages, best first.
 * @param upTo ignores newer messages, so that pages stay stable
 */
export async function findBest(finding: Finding, upTo: EntryPosition | undefined): Promise<Hit[]> {
  const hits: Hit[] = [];
  for await (const { hit, isEnough } of examine(finding, upTo)) {
    if (hit !== undefined) hits.push(hit);
    if (isEnough || hits.length >= CANDIDATES_FOR_BEST) break;
  }
  return hits.sort(byScore);
}

/** Sorts by score, then newest first. */
export function byScore(a: Omit<Hit, 'message'>, b: Omit<Hit, 'message'>): number {
  return b.score - a.score || b.position.at - a.position.at || b.position.id.localeCompare(a.position.id);
}
