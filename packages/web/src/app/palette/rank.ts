import uFuzzy from '@leeoniya/ufuzzy';

const fuzzy = new uFuzzy({
  unicode: true,
  interSplit: '[^\\p{L}\\d]+',
  intraSplit: '\\p{Ll}\\p{Lu}',
  intraBound: '\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}',
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
  intraMode: 1,
});

/** The items whose text matches, best first, at most `limit`; all of them, in their order, without a query. */
export function ranked<Thing>(
  query: string,
  things: readonly Thing[],
  textOf: (thing: Thing) => string,
  limit: number,
): Thing[] {
  const needle = uFuzzy.latinize(query.trim());
  if (needle === '') return things.slice(0, limit);
  const haystack = things.map((thing) => uFuzzy.latinize(textOf(thing)));
  const [indexes, info, order] = fuzzy.search(haystack, needle, 1, 1_000);
  const found = info && order ? order.map((at) => info.idx[at] ?? -1) : (indexes ?? []);
  return found.slice(0, limit).flatMap((at) => things[at] ?? []);
}

/** The kind of items to find: `>` commands, `#` conversations, `@` people; all kinds without a prefix. */
export interface Wanted {
  kind: 'all' | 'commands' | 'conversations' | 'people';
  query: string;
}

const SIGNS: Readonly<Record<string, Wanted['kind']>> = { '>': 'commands', '#': 'conversations', '@': 'people' };

/** Parses the prefix of a query. */
export function wantedOf(typed: string): Wanted {
  const kind = SIGNS[typed[0] ?? ''];
  return kind ? { kind, query: typed.slice(1).trim() } : { kind: 'all', query: typed.trim() };
}
