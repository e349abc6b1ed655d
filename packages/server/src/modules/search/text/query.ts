import { fold } from './fold.ts';
import { middleTermsOf, type Piece, pairsOf, piecesOf, signsOf } from './terms.ts';

/** Shorter words match whole words only: as a part they occur in nearly everything. */
export const SHORTEST_PART = 3;

/** One part of a query: everything between two spaces, or between quotation marks. */
export interface Clause {
  /** The text that the folded message must contain. */
  text: string;
  pieces: readonly Piece[];
  /** In quotation marks: whole words, side by side. */
  exact: boolean;
}

/** Quotation marks of any kind enclose an exact phrase. */
const PARTS = /["“”„«»]([^"“”„«»]*)(?:["“”„«»]|$)|([^\s"“”„«»]+)/gu;

/** Parses a query. All clauses must match; a clause without letter, digit or emoji is dropped. */
export function parseQuery(query: string): Clause[] {
  const clauses = [...query.matchAll(PARTS)].map(([, quoted, plain]): Clause => {
    const text = fold(quoted ?? plain ?? '')
      .trim()
      .replace(/\s+/gu, ' ');
    return { text, pieces: piecesOf(text), exact: quoted !== undefined };
  });
  return clauses.filter(({ pieces }) => pieces.length > 0).map(trimmed);
}

/** Removes punctuation around a clause: `(tomato,` becomes `tomato`. */
function trimmed(clause: Clause): Clause {
  return {
    ...clause,
    text: clause.text.replace(/^[^\p{L}\p{N}\p{M}\p{ExtPict}\p{RI}]+|[^\p{L}\p{N}\p{M}\p{ExtPict}\p{RI}]+$/gu, ''),
  };
}

const quote = (term: string) => `'${term}'`;
const isPart = ({ kind, text }: Piece) => kind === 'word' && signsOf(text).length >= SHORTEST_PART;

/**
 * The query as PostgreSQL's `tsquery`: it finds everything that matches, and little else. It depends on the query only:
 * what others have written does not affect what is found.
 * @param flags further required terms
 */
export function toTsQuery(clauses: readonly Clause[], flags: readonly string[]): string {
  return [...clauses.flatMap(termsOfClause), ...flags.map(quote)].join(' & ');
}

function termsOfClause({ pieces, exact }: Clause): string[] {
  return pieces.flatMap((piece, at): string[] => {
    const { kind, text } = piece;
    if (kind === 'picture') return [quote(text)];
    if (kind === 'run') {
      const pairs = pairsOf(text);
      // The last character alone is a term only at the end of a run, and the query's may be in the middle.
      return pairs.length === 1 ? [`${quote(text)}:*`] : pairs.slice(0, -1).map(quote);
    }
    if (exact || !isPart(piece)) return [quote(text)];
    const whole = at === pieces.length - 1 ? `${quote(text)}:*` : quote(text);
    if (at > 0) return [whole];
    // The first word of a clause may begin in the middle of a word.
    return [`(${whole} | ${middleTermsOf(text).map(quote).join(' & ')})`];
  });
}
