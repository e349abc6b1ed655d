import { fold } from './fold.ts';
import { type Piece, pairsOf, piecesOf } from './terms.ts';

/** Shorter words are found as whole words only: as a part they are in nearly everything. */
export const SHORTEST_PART = 3;

/** What one part of a query asks for: everything between two spaces, or between quotation marks. */
export interface Clause {
  /** As it has to stand in the folded text. */
  text: string;
  pieces: readonly Piece[];
  /** In quotation marks: whole words, side by side. */
  exact: boolean;
}

/** Quotation marks of any kind begin and end what has to stand there exactly. */
const PARTS = /["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\s"“”„«»]+)/gu;

/** Takes a query apart. Everything in it has to be found; what holds neither letter, digit nor emoji asks for nothing. */
export function parseQuery(query: string): Clause[] {
  const clauses = [...query.matchAll(PARTS)].map(([, quoted, plain]): Clause => {
    const text = fold(quoted ?? plain ?? '')
      .trim()
      .replace(/\s+/gu, ' ');
    return { text, pieces: piecesOf(text), exact: quoted !== undefined };
  });
  return clauses.filter(({ pieces }) => pieces.length > 0).map(trimmed);
}

/** Punctuation around a clause says nothing: `(tomato,` asks for `tomato`. */
function trimmed(clause: Clause): Clause {
  return {
    ...clause,
    text: clause.text.replace(/^[^\p{L}\p{N}\p{M}\p{ExtPict}]+|[^\p{L}\p{N}\p{M}\p{ExtPict}]+$/gu, ''),
  };
}

/** The first word of each clause that is also looked for in the middle of words. */
export function partsOf(clauses: readonly Clause[]): string[] {
  return clauses.flatMap(({ pieces, exact }) => {
    const [first] = pieces;
    return !exact && first?.kind === 'word' && first.text.length >= SHORTEST_PART ? [first.text] : [];
  });
}

const quote = (term: string) => `'${term}'`;
const anyOf = (terms: readonly string[]) => (terms.length > 1 ? `(${terms.join(' | ')})` : (terms[0] ?? ''));

/**
 * The query as PostgreSQL's `tsquery`: a net that holds everything that matches, and little else.
 * @param flags further terms that must be there
 * @param wordsByPart the words that hold each of partsOf in their middle
 */
export function toTsQuery(
  clauses: readonly Clause[],
  flags: readonly string[],
  wordsByPart: ReadonlyMap<string, readonly string[]>,
): string {
  const terms = clauses.flatMap(({ pieces, exact }) =>
    pieces.flatMap(({ kind, text }, at): string[] => {
      const isLast = at === pieces.length - 1;
      if (kind === 'picture') return [quote(text)];
      if (kind === 'run') {
        const pairs = pairsOf(text);
        // The last sign alone is a term only at the end of a run, which the query's need not be.
        return pairs.length === 1 ? [`${quote(text)}:*`] : pairs.slice(0, -1).map(quote);
      }
      if (exact) return [quote(text)];
      const whole = isLast && text.length >= SHORTEST_PART ? `${quote(text)}:*` : quote(text);
      return [
        anyOf(
          [whole, ...(at === 0 ? (wordsByPart.get(text) ?? []).map(isLast ? quote : endsWith(text)) : [])].filter(
            Boolean,
          ),
        ),
      ];
    }),
  );
  return [...terms, ...flags.map(quote)].join(' & ');
}

/** In the middle of a clause a word that only holds the part is of no use; it has to end with it. */
function endsWith(part: string): (word: string) => string {
  return (word) => (word.endsWith(part) ? quote(word) : '');
}
