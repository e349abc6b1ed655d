import type { Range } from './match.ts';

/** Maximum length of a snippet, in UTF-16 units. */
const LENGTH = 240;
/** How much of it precedes the first match. */
const BEFORE = 60;

export interface Snippet {
  text: string;
  /** The position of `text` in the content. */
  from: number;
  /** The matches, relative to the beginning of `text`. */
  highlights: Range[];
}

const isMiddle = (text: string, at: number) => /[\uDC00-\uDFFF]/.test(text[at] ?? '');

/** The nearest start of a word at or after `at`, if there is one nearby. */
function wordStart(content: string, at: number): number {
  if (at <= 0) return 0;
  const space = content.slice(at - 1, at + BEFORE / 2).search(/\s/u);
  const start = space === -1 ? at : at + space;
  return isMiddle(content, start) ? start + 1 : start;
}

/** The part of a text around its first match, with all matches in that part. */
export function snippetOf(content: string, found: readonly Range[]): Snippet {
  const first = found[0]?.start ?? 0;
  const wanted = content.length <= LENGTH ? 0 : Math.min(first - BEFORE, content.length - LENGTH);
  const from = Math.min(wordStart(content, wanted), first);
  let end = Math.min(content.length, from + LENGTH);
  if (isMiddle(content, end)) end -= 1;
  const highlights = found
    .filter(({ start }) => start >= from && start < end)
    .map((range) => ({ start: range.start - from, end: Math.min(range.end, end) - from }));
  return { text: content.slice(from, end), from, highlights };
}
