import { fold, foldWithPlaces } from './fold.ts';
import { type Clause, SHORTEST_PART } from './query.ts';
import type { Piece } from './terms.ts';

/** A part of a text: from `start` up to but not including `end`, in UTF-16 units. */
export interface Range {
  start: number;
  end: number;
}

const MOST_RANGES = 100;
const isWordSign = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}\p{M}]/u.test(sign);

/** Where a clause may stand: short words and quoted ones only as whole words. */
function standsAt(text: string, { text: wanted, pieces, exact }: Clause, at: number): boolean {
  const [first] = pieces;
  const last = pieces.at(-1);
  const freeBefore = first?.kind !== 'word' || !isWordSign(signBefore(text, at));
  const freeAfter = last?.kind !== 'word' || !isWordSign(signAfter(text, at + wanted.length));
  const isShort = (piece: Piece | undefined) => piece?.kind === 'word' && piece.text.length < SHORTEST_PART;
  return (freeBefore || !(exact || isShort(first))) && (freeAfter || !(exact || isShort(last)));
}

function signBefore(text: string, at: number): string | undefined {
  return [...text.slice(Math.max(0, at - 2), at)].at(-1);
}

function signAfter(text: string, at: number): string | undefined {
  return [...text.slice(at, at + 2)].at(0);
}

/** Every place of a clause in folded text. */
function* placesOf(text: string, clause: Clause): Generator<number> {
  for (let at = text.indexOf(clause.text); at !== -1; at = text.indexOf(clause.text, at + clause.text.length)) {
    if (standsAt(text, clause, at)) yield at;
  }
}

const oneSpace = (folded: string) => folded.replace(/\s/gu, ' ');

/** True when everything that the query asks for is in the text. */
export function matches(content: string, clauses: readonly Clause[]): boolean {
  const text = oneSpace(fold(content));
  return clauses.every((clause) => !placesOf(text, clause).next().done);
}

/** The parts of the text that the query asks for, in order and apart from each other; the first hundred. */
export function rangesOf(content: string, clauses: readonly Clause[]): Range[] {
  const { text, starts, ends } = foldWithPlaces(content);
  const plain = oneSpace(text);
  const found = clauses.flatMap((clause) =>
    [...placesOf(plain, clause)].slice(0, MOST_RANGES).map(
      (at): Range => ({
        start: starts[at] ?? 0,
        end: ends[at + clause.text.length - 1] ?? content.length,
      }),
    ),
  );
  const merged: Range[] = [];
  for (const range of found.sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = merged.at(-1);
    if (last !== undefined && range.start <= last.end) last.end = Math.max(last.end, range.end);
    else merged.push({ ...range });
  }
  return merged.slice(0, MOST_RANGES);
}

/** How well a text answers: whole words before beginnings before middles, over all clauses. */
export function scoreOf(content: string, clauses: readonly Clause[]): number {
  const text = oneSpace(fold(content));
  return clauses.reduce((sum, clause) => {
    const places = [...placesOf(text, clause)].slice(0, MOST_RANGES);
    const grade = (at: number) => {
      const begins = !isWordSign(signBefore(text, at));
      return (begins ? 2 : 1) + (begins && !isWordSign(signAfter(text, at + clause.text.length)) ? 1 : 0);
    };
    return sum + Math.max(0, ...places.map(grade));
  }, 0);
}
