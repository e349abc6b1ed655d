import writeXlsx from 'write-excel-file/node';
import { columns, type FileLine } from './columns.ts';

type Cell = { value: string; type: StringConstructor } | { value: number; type: NumberConstructor } | null;

/** XML cannot represent most control characters, and some programs reject the whole file because of one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: matches the control characters to remove
const UNSAYABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function cellOf(value: string | number | null): Cell {
  if (value === null || value === '') return null;
  if (typeof value === 'number') return { value, type: Number };
  return { value: value.replace(UNSAYABLE, ''), type: String };
}

/** A sheet as an Excel workbook: text is text, numbers are numbers, and nothing is a formula. */
export function xlsxOf(lines: readonly FileLine[]): Promise<Buffer> {
  const header = columns.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold' as const }));
  const rows = lines.map((line) => columns.map(({ value }) => cellOf(value(line))));
  return writeXlsx([header, ...rows], {
    sheet: 'Timesheet',
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}
