import { validate } from 'uuid';
import { decodeCursor, encodeCursor, invalidCursor } from '../../platform/module/index.ts';
import type { Hit, SearchOrder } from './find.ts';
import type { EntryPosition } from './find-store.ts';

/** The end of a page of search results. */
export interface PageEnd {
  last: EntryPosition;
  /** With `best`: the score of the last hit, and the newest message considered. */
  best?: { score: number; upTo: EntryPosition };
}

function position(at: number, id: string): EntryPosition {
  if (Number.isSafeInteger(at) && validate(id)) return { at, id };
  throw invalidCursor('search');
}

/**
 * Reads the cursor of a search.
 * @throws `invalid_input` for anything else, also for a cursor of the other order
 */
export function readPageEnd(cursor: string | undefined, order: SearchOrder): PageEnd | undefined {
  if (cursor === undefined) return undefined;
  if (order === 'newest') {
    const [at, id] = decodeCursor(cursor, ['number', 'string']);
    return { last: position(at, id) };
  }
  const [at, id, score, upToAt, upToId] = decodeCursor(cursor, ['number', 'string', 'number', 'number', 'string']);
  return { last: position(at, id), best: { score, upTo: position(upToAt, upToId) } };
}

/** Encodes the cursor of a search. */
export function writePageEnd({ last, best }: PageEnd): string {
  return encodeCursor([last.at, last.id, ...(best ? [best.score, best.upTo.at, best.upTo.id] : [])]);
}

/** The sort key of a hit. */
export function hitAt({ last, best }: PageEnd): Omit<Hit, 'message'> {
  return { position: last, score: best?.score ?? 0 };
}
