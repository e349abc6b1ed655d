/** A fenced block of a Markdown text. */
export interface Fence {
  language: string;
  text: string;
  /** Number of its first line in the file, from 1. */
  line: number;
}

/** The lines between one heading of the second level and the next, as one text with the lines before it left blank. */
export function sectionOf(markdown: string, heading: string): string {
  const lines = markdown.split('\n');
  const from = lines.indexOf(`## ${heading}`);
  if (from === -1) throw new Error(`There is no section "${heading}"`);
  const next = lines.findIndex((line, at) => at > from && line.startsWith('## '));
  return [...lines.slice(0, from).map(() => ''), ...lines.slice(from, next === -1 ? undefined : next)].join('\n');
}

/** The fenced blocks of a text, in order. */
export function fencesOf(markdown: string): Fence[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((match) => ({
    language: match[1] ?? '',
    text: match[2] ?? '',
    line: markdown.slice(0, match.index).split('\n').length + 1,
  }));
}

/** The rows of every table of a text, as their cells, without the lines of dashes. */
export function tableRowsOf(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s:|-]+\|$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Relative targets of links, without their anchors. */
export function localLinksOf(markdown: string): string[] {
  return [...markdown.replace(/^```.*?^```$/gms, '').matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}
