import { stringify } from 'csv-stringify/sync';
import { columns, type FileLine } from './columns.ts';

/** Text that a spreadsheet would run begins with one of these, or with what looks like it. */
const RUNS = /^[=+\-@\t\r\n'\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Text that no spreadsheet runs: an apostrophe goes in front of what it would, and of an apostrophe. */
export function neutral(text: string): string {
  return RUNS.test(text) ? `'${text}` : text;
}

/**
 * A sheet as CSV (RFC 4180). Numbers stay numbers, also negative ones.
 * @param bom begins with a byte order mark
 */
export function csvOf(lines: readonly FileLine[], { bom }: { bom: boolean }): Buffer {
  const cells = lines.map((line) =>
    columns.map(({ value }) => {
      const cell = value(line);
      return typeof cell === 'string' ? neutral(cell) : cell;
    }),
  );
  const text = stringify([columns.map(({ title }) => title), ...cells], { bom, record_delimiter: 'windows' });
  return Buffer.from(text);
}
