import { fold } from './fold.ts';

/** Scripts that do not separate words by spaces, and Korean, which attaches particles to them. */
const SPACELESS =
  '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}';
const WORD = `[\\p{L}\\p{N}\\p{M}]`;
const isSpaceless = `(?=[${SPACELESS}])${WORD}`;
/** A run of a script without spaces, a word of any other, or a picture. */
const PIECES = new RegExp(
  `(?<run>(?:${isSpaceless})+)|(?<word>(?:(?![${SPACELESS}])${WORD})+)|\\p{RI}{2}|\\p{ExtPict}`,
  'gu',
);

/** Longer words are split: nobody searches for more of one. */
const LONGEST = 64;

/** A piece of folded text that is one unit of searching. */
export interface Piece {
  /** `run`: of a script without spaces; `word`: of any other; `picture`: one emoji, a flag as a whole. */
  kind: 'run' | 'word' | 'picture';
  text: string;
}

/** The pieces of folded text, in order. */
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
  const signs = signsOf(word);
  return Array.from({ length: Math.ceil(signs.length / LONGEST) }, (_, at) =>
    signs.slice(at * LONGEST, (at + 1) * LONGEST).join(''),
  );
}

/** Neighbouring pairs of characters, and the last one alone, so that a single character is a prefix of some term. */
export function pairsOf(run: string): string[] {
  const signs = signsOf(run);
  return signs.map((sign, at) => sign + (signs[at + 1] ?? ''));
}

/** The prefix of the terms for the middles of words. No word contains it. */
const MIDDLE = '~';

/** The characters of a text, each as one string. */
export const signsOf = (text: string): string[] => [...text];

/** The terms of a text: its words, pairs of characters for scripts without words, emoji, and the middles of words. */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const piece of piecesOf(fold(text))) {
    if (piece.kind === 'run') {
      for (const pair of pairsOf(piece.text)) terms.add(pair);
      continue;
    }
    terms.add(piece.text);
    // The beginning of a word is found by the word itself.
    if (piece.kind === 'word') for (const gram of gramsOf(signsOf(piece.text).slice(1))) terms.add(gram);
  }
  return terms;
}

/** The terms of every word that contains this part elsewhere than at its beginning. */
export function middleTermsOf(part: string): string[] {
  return gramsOf(signsOf(part));
}

/** The terms of all trigrams, each once. */
function gramsOf(signs: readonly string[]): string[] {
  return [...new Set(signs.slice(2).map((_, at) => MIDDLE + signs.slice(at, at + 3).join('')))];
}
