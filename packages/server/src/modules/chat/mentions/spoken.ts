/** The line that opens a code block, also in a list item. */
const FENCE = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?:(`{3,})[^`]*|(~{3,}).*)$/;
const QUOTE = /^ {0,3}(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*>(.*)$/;
/** The start of a block, which ends a quotation that continues without its marker. */
const NEW_BLOCK = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const ADDRESS = /\bhttps?:\/\/[^\s<>]*/giu;

function closes(line: string, fence: string): boolean {
  const run = line.trim();
  return run.length >= fence.length && run === fence.charAt(0).repeat(run.length);
}

/** The lines outside of code blocks and quotations, according to CommonMark. The others are replaced by empty lines. */
function unquotedLines(lines: readonly string[]): string[] {
  let fence: string | undefined;
  let continuesQuote = false;
  return lines.map((line) => {
    if (fence !== undefined) {
      if (closes(line, fence)) fence = undefined;
      return '';
    }
    const [, quoted] = QUOTE.exec(line) ?? [];
    if (quoted !== undefined) {
      continuesQuote = quoted.trim() !== '' && !FENCE.test(quoted.trim());
      return '';
    }
    const [, ticks, tildes] = FENCE.exec(line) ?? [];
    fence = ticks ?? tildes;
    continuesQuote &&= fence === undefined && line.trim() !== '' && !NEW_BLOCK.test(line);
    return fence !== undefined || continuesQuote ? '' : line;
  });
}

/** Removes code spans: a run of backticks up to the next run of the same length. */
function withoutSpans(paragraph: string): string {
  const runs = [...paragraph.matchAll(/(?<!\\)`+|(?<=\\`)`+/g)].map(({ index, 0: { length } }) => ({ index, length }));
  const last = new Map<number, number>();
  for (const [at, { length }] of runs.entries()) last.set(length, at);
  let result = '';
  let from = 0;
  for (let at = 0; at < runs.length; at += 1) {
    const { index = 0, length = 0 } = runs[at] ?? {};
    if ((last.get(length) ?? 0) <= at) continue;
    result += paragraph.slice(from, index);
    do at += 1;
    while (runs[at]?.length !== length);
    from = (runs[at]?.index ?? 0) + length;
    result += '`';
  }
  return result + paragraph.slice(from);
}

/** The author's own words in a text: without code, quotations and URLs. In linear time. */
export function spokenText(content: string): string {
  const lines = unquotedLines(content.split(/\r\n?|\n/)).join('\n');
  return lines
    .split(/\n[ \t]*(?=\n)/)
    .map(withoutSpans)
    .join('\n')
    .replace(ADDRESS, ' ');
}
