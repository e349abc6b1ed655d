import { fold } from './fold.ts';
import { middleTermsOf, type Piece, pairsOf, piecesOf, signsOf } from './terms.ts';

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
    text: clause.text.replace(/^[^\p{L}\p{N}\p{M}\p{ExtPict}\p{RI}]+|[^\p{L}\p{N}\p{M}\p{ExtPict}\p{RI}]+$/gu, ''),
  };
}

const quote = (term: string) => `'${term}'`;
const isPart = ({ kind, text }: Piece) => kind === 'word' && signsOf(text).length >= SHORTEST_PART;

/**
 * The query as PostgreSQL's `tsquery`: a net that holds everything that matches, and little else. It is made of the query
 * alone: what others have written has no part in what is found.
 * @param flags further terms that must be there
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
      // The last sign alone is a term only at the end of a run, which the query's need not be.
      return pairs.length === 1 ? [`${quote(text)}:*`] : pairs.slice(0, -1).map(quote);
    }
    if (exact || !isPart(piece)) return [quote(text)];
    const whole = at === pieces.length - 1 ? `${quote(text)}:*` : quote(text);
    if (at > 0) return [whole];
    // The first word of a clause may begin in the middle of a word.
    return [`(${whole} | ${middleTermsOf(text).map(quote).join(' & ')})`];
  });
}
