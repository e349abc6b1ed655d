import { stringify } from 'csv-stringify/sync';
import { neutral } from '../../../platform/csv/index.ts';
import { columns, type FileLine } from './columns.ts';

/**
 * A sheet as CSV (RFC 4180). Numbers stay numbers, also negative ones.
 * @param bom whether the file begins with a byte order mark
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
