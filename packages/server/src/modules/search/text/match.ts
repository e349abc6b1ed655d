import { boundariesOf, fold, foldWithOffsets } from './fold.ts';
import { type Clause, SHORTEST_PART } from './query.ts';
import { type Piece, signsOf } from './terms.ts';

/** A part of a text: from `start` up to but not including `end`, in UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

/** Maximum number of positions of a clause that are considered. */
const MOST_PARENTS = 100;
/** How far after the first match others are shown, in UTF-16 units. */
const NEAR = 512;
const WORD_SIGN = /[\p{L}\p{N}\p{M}]/u;
const ASCII_WORD_SIGN = Array.from({ length: 128 }, (_, code) => WORD_SIGN.test(String.fromCharCode(code)));

function isWordSign(code: number | undefined): boolean {
  if (code === undefined) return false;
  return ASCII_WORD_SIGN[code] ?? WORD_SIGN.test(String.fromCodePoint(code));
}

const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** True if a letter or digit ends directly before this position. */
function isWordBefore(text: string, at: number): boolean {
  if (at === 0) return false;
  return isWordSign(text.codePointAt(at - (at > 1 && isLowSurrogate(text.charCodeAt(at - 1)) ? 2 : 1)));
}

const isWordAt = (text: string, at: number) => isWordSign(text.codePointAt(at));

/** Returns where a clause may match: short and quoted words only as whole words. */
function placement({ text: wanted, pieces, exact }: Clause): (text: string, at: number) => boolean {
  const isWhole = (piece: Piece | undefined) =>
    piece?.kind === 'word' && (exact || signsOf(piece.text).length < SHORTEST_PART);
  const freeBefore = isWhole(pieces[0]);
  const freeAfter = isWhole(pieces.at(-1));
  return (text, at) => !(freeBefore && isWordBefore(text, at)) && !(freeAfter && isWordAt(text, at + wanted.length));
}

/** The first positions of a clause in comparable text, between two positions. */
function* workspacesSeenBy(text: string, clause: Clause, from = 0, to = text.length): Generator<number> {
  const mayStand = placement(clause);
  const { length } = clause.text;
  let left = MOST_PARENTS;
  for (let at = text.indexOf(clause.text, from); at !== -1 && at < to; at = text.indexOf(clause.text, at + length)) {
    if (!mayStand(text, at)) continue;
    yield at;
    left -= 1;
    if (left === 0) return;
  }
}

const oneSpace = (folded: string) => folded.replace(/\s/gu, ' ');

/** A text in the form that queries are matched against. */
export function comparable(content: string): string {
  return oneSpace(fold(content));
}

/** True if comparable text contains every clause of the query. */
export function matches(text: string, clauses: readonly Clause[]): boolean {
  return clauses.every((clause) => !workspacesSeenBy(text, clause).next().done);
}

/** The score of comparable text: whole words above prefixes above infixes, over all clauses. */
export function scoreOf(text: string, clauses: readonly Clause[]): number {
  return clauses.reduce((sum, clause) => {
    let best = 0;
    for (const at of workspacesSeenBy(text, clause)) {
      const begins = !isWordBefore(text, at);
      best = Math.max(best, (begins ? 2 : 1) + (begins && !isWordAt(text, at + clause.text.length) ? 1 : 0));
      if (best === 3) break;
    }
    return sum + best;
  }, 0);
}

/**
 * The parts of a text that match the query, sorted and not overlapping: the first one and those near it. Only there
 * each character is folded separately, which is slow.
 */
export function rangesOf(content: string, clauses: readonly Clause[]): Range[] {
  const bounds = boundariesOf(content);
  const pieces = bounds.slice(1).map((end, at) => fold(content.slice(bounds[at], end)));
  const text = oneSpace(pieces.join(''));
  const first = Math.min(
    ...clauses.map((clause) => workspacesSeenBy(text, clause).next().value ?? Number.POSITIVE_INFINITY),
  );
  if (first === Number.POSITIVE_INFINITY) return [];
  let piece = 0;
  let before = 0;
  for (; before + (pieces[piece]?.length ?? 0) <= first; piece++) before += pieces[piece]?.length ?? 0;
  const start = bounds[piece] ?? 0;
  const end = bounds.find((bound) => bound >= start + NEAR) ?? content.length;
  const { starts, ends } = foldWithOffsets(content.slice(start, end));
  const found = clauses.flatMap((clause) =>
    [...workspacesSeenBy(text, clause, first, before + starts.length)].map(
      (at): Range => ({
        start: start + (starts[at - before] ?? 0),
        end: start + (ends[Math.min(at - before + clause.text.length, ends.length) - 1] ?? 0),
      }),
    ),
  );
  return merged(found);
}

function merged(ranges: Range[]): Range[] {
  const apart: Range[] = [];
  for (const range of ranges.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = apart.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else apart.push({ ...range });
  }
  return apart;
}
