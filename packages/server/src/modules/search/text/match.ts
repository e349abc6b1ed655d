import { boundariesOf, fold, foldWithPlaces } from './fold.ts';
import { type Clause, SHORTEST_PART } from './query.ts';
import { type Piece, signsOf } from './terms.ts';

/** A part of a text: from `start` up to but not including `end`, in UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

/** More places of a clause than this are not looked at. */
const MOST_PLACES = 100;
/** UTF-16 units after the first thing found in which the others are shown. */
const NEAR = 512;
const WORD_SIGN = /[\p{L}\p{N}\p{M}]/u;
const ASCII_WORD_SIGN = Array.from({ length: 128 }, (_, code) => WORD_SIGN.test(String.fromCharCode(code)));

function isWordSign(code: number | undefined): boolean {
  if (code === undefined) return false;
  return ASCII_WORD_SIGN[code] ?? WORD_SIGN.test(String.fromCodePoint(code));
}

const isLowSurrogate = (code: number) => code >= 0xdc00 && code <= 0xdfff;

/** True when a letter or digit ends right before this place. */
function isWordBefore(text: string, at: number): boolean {
  if (at === 0) return false;
  return isWordSign(text.codePointAt(at - (at > 1 && isLowSurrogate(text.charCodeAt(at - 1)) ? 2 : 1)));
}

const isWordAt = (text: string, at: number) => isWordSign(text.codePointAt(at));

/** Tells where a clause may stand: short words and quoted ones only as whole words. */
function placement({ text: wanted, pieces, exact }: Clause): (text: string, at: number) => boolean {
  const isWhole = (piece: Piece | undefined) =>
    piece?.kind === 'word' && (exact || signsOf(piece.text).length < SHORTEST_PART);
  const freeBefore = isWhole(pieces[0]);
  const freeAfter = isWhole(pieces.at(-1));
  return (text, at) => !(freeBefore && isWordBefore(text, at)) && !(freeAfter && isWordAt(text, at + wanted.length));
}

/** The first places of a clause in comparable text, between two places. */
function* placesOf(text: string, clause: Clause, from = 0, to = text.length): Generator<number> {
  const mayStand = placement(clause);
  const { length } = clause.text;
  let left = MOST_PLACES;
  for (let at = text.indexOf(clause.text, from); at !== -1 && at < to; at = text.indexOf(clause.text, at + length)) {
    if (!mayStand(text, at)) continue;
    yield at;
    left -= 1;
    if (left === 0) return;
  }
}

const oneSpace = (folded: string) => folded.replace(/\s/gu, ' ');

/** A text as queries are looked for in it. */
export function comparable(content: string): string {
  return oneSpace(fold(content));
}

/** True when everything that the query asks for is in comparable text. */
export function matches(text: string, clauses: readonly Clause[]): boolean {
  return clauses.every((clause) => !placesOf(text, clause).next().done);
}

/** How well comparable text answers: whole words before beginnings before middles, over all clauses. */
export function scoreOf(text: string, clauses: readonly Clause[]): number {
  return clauses.reduce((sum, clause) => {
    let best = 0;
    for (const at of placesOf(text, clause)) {
      const begins = !isWordBefore(text, at);
      best = Math.max(best, (begins ? 2 : 1) + (begins && !isWordAt(text, at + clause.text.length) ? 1 : 0));
      if (best === 3) break;
    }
    return sum + best;
  }, 0);
}

/**
 * The parts of a text that the query asks for, in order and apart from each other: the first one and those near it. Only
 * there each character is looked at by itself, which takes long.
 */
export function rangesOf(content: string, clauses: readonly Clause[]): Range[] {
  const bounds = boundariesOf(content);
  const pieces = bounds.slice(1).map((end, at) => fold(content.slice(bounds[at], end)));
  const text = oneSpace(pieces.join(''));
  const first = Math.min(...clauses.map((clause) => placesOf(text, clause).next().value ?? Number.POSITIVE_INFINITY));
  if (first === Number.POSITIVE_INFINITY) return [];
  let piece = 0;
  let before = 0;
  for (; before + (pieces[piece]?.length ?? 0) <= first; piece++) before += pieces[piece]?.length ?? 0;
  const start = bounds[piece] ?? 0;
  const end = bounds.find((bound) => bound >= start + NEAR) ?? content.length;
  const { starts, ends } = foldWithPlaces(content.slice(start, end));
  const found = clauses.flatMap((clause) =>
    [...placesOf(text, clause, first, before + starts.length)].map(
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
