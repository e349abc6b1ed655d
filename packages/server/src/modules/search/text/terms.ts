import { fold } from './fold.ts';

/** Scripts that do not put spaces between words, and Korean, which joins particles to them. */
const SPACELESS =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}';
const WORD = `[\\p{L}\\p{N}\\p{M}]`;
const isSpaceless = `(?=[${SPACELESS}])${WORD}`;
/** A run of a script without spaces, a word of any other, or a picture. */
const PIECES = new RegExp(`(?<run>(?:${isSpaceless})+)|(?<word>(?:(?![${SPACELESS}])${WORD})+)|\\p{ExtPict}`, 'gu');

/** Longer words are taken in pieces: no person searches for more of one. */
const LONGEST = 64;

/** A piece of folded text that is one unit of searching. */
export interface Piece {
  /** `run`: of a script without spaces; `word`: of any other; `picture`: one emoji. */
  kind: 'run' | 'word' | 'picture';
  text: string;
}

/** What folded text consists of, in order. */
export function piecesOf(folded: string): Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: text, groups = {} } of folded.matchAll(PIECES)) {
    if (groups.word === undefined) pieces.push({ kind: groups.run === undefined ? 'picture' : 'run', text });
    else for (const part of inParts(text)) pieces.push({ kind: 'word', text: part });
  }
  return pieces;
}

function inParts(word: string): string[] {
  if (word.length <= LONGEST) return [word];
  const signs = [...word];
  return Array.from({ length: Math.ceil(signs.length / LONGEST) }, (_, at) =>
    signs.slice(at * LONGEST, (at + 1) * LONGEST).join(''),
  );
}

/** Neighbouring pairs of characters, and the last one alone: so a single character is the beginning of some term. */
export function pairsOf(run: string): string[] {
  const signs = [...run];
  return signs.map((sign, at) => sign + (signs[at + 1] ?? ''));
}

/** Shorter words have no part that is worth looking for in their middle. */
const SHORTEST_WITH_PARTS = 4;

/** What a text is found by. */
export interface TextTerms {
  /** Its words, pairs of characters where there are no words, emoji; each once. */
  terms: Set<string>;
  /** Those of the words that are also found by a part in their middle. */
  words: Set<string>;
}

/** Takes a text apart into what it is found by. */
export function termsOf(text: string): TextTerms {
  const terms = new Set<string>();
  const words = new Set<string>();
  for (const piece of piecesOf(fold(text))) {
    if (piece.kind === 'run') {
      for (const pair of pairsOf(piece.text)) terms.add(pair);
      continue;
    }
    terms.add(piece.text);
    if (piece.kind === 'word' && [...piece.text].length >= SHORTEST_WITH_PARTS) words.add(piece.text);
  }
  return { terms, words };
}

/** All threes of neighbouring characters in a word, each once. */
export function gramsOf(word: string): string[] {
  const signs = [...word];
  return [...new Set(signs.slice(2).map((_, at) => signs.slice(at, at + 3).join('')))];
}
