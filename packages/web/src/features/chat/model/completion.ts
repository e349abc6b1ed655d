/** The text to be completed at the caret. */
export interface Completion {
  kind: 'person' | 'emoji' | 'command';
  /** The text typed after the prefix. */
  query: string;
  /** The range that the choice replaces: from the prefix to the caret. */
  from: number;
  to: number;
}

const SIGNS = { '@': 'person', ':': 'emoji' } as const;

/** A prefix at the start of a word and the text after it; emoji only from two letters on. */
const WORD = /(?:^|[\s("'*_~>])(?<sign>[@:])(?<query>[\p{L}\p{N}._+-]{0,30})$/u;
const COMMAND = /^\/(?<query>[a-z0-9-]{0,30})$/i;

/** The completion at the caret; undefined if there is none. */
export function completionAt(text: string, caret: number): Completion | undefined {
  const before = text.slice(0, caret);
  const command = before.match(COMMAND)?.groups?.query;
  if (command !== undefined) return { kind: 'command', query: command.toLowerCase(), from: 0, to: caret };
  if (isInCode(before)) return undefined;
  const { sign, query } = before.match(WORD)?.groups ?? {};
  if (sign === undefined || query === undefined) return undefined;
  const kind = SIGNS[sign as keyof typeof SIGNS];
  if (kind === 'emoji' && query.length < 2) return undefined;
  return { kind, query: query.toLocaleLowerCase(), from: caret - query.length - 1, to: caret };
}

/** True after an opening fence, or after an odd number of backticks on the same line. */
function isInCode(before: string): boolean {
  if ((before.match(/```/g)?.length ?? 0) % 2 === 1) return true;
  const line = before.slice(before.lastIndexOf('\n') + 1);
  return (line.match(/`/g)?.length ?? 0) % 2 === 1;
}

/** How well words match the query: 0 is best, undefined is no match. */
export function rankOf(query: string, ...names: (string | null | undefined)[]): number | undefined {
  const ranks = names.flatMap((name) => {
    const lower = name?.toLocaleLowerCase();
    if (lower === undefined) return [];
    if (lower.startsWith(query)) return [0];
    if (lower.split(/[\s._-]+/u).some((word) => word.startsWith(query))) return [1];
    return lower.includes(query) ? [2] : [];
  });
  return ranks.length > 0 ? Math.min(...ranks) : undefined;
}

/** The best matches, at most `limit`. */
export function best<Thing>(things: readonly Thing[], rank: (thing: Thing) => number | undefined, limit = 8): Thing[] {
  return things
    .flatMap((thing) => {
      const found = rank(thing);
      return found === undefined ? [] : [{ thing, found }];
    })
    .sort((one, other) => one.found - other.found)
    .slice(0, limit)
    .map(({ thing }) => thing);
}
