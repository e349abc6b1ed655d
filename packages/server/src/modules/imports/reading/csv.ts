import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { withoutGuard } from '../../../platform/csv/index.ts';
import { BadExport, type LeftOutRow, leftOut } from '../rows/neutral.ts';

/** A record, keyed by column name in lower case. */
export type CsvRecord = Readonly<Record<string, string>>;

export type CsvRow = { line: number; record: CsvRecord } | { line: number; fault: string };

const MOST_RECORD_BYTES = 1024 * 1024;
/** Maximum number of columns that the report names. */
const MOST_NAMES = 50;

interface Parsed {
  record: string[];
  info: { lines: number };
}

/** Notes the columns of a file that have values, but are not imported. */
export class UnusedColumns {
  private readonly found = new Set<string>();
  private readonly used: ReadonlySet<string>;

  /** @param used the names of the columns that are imported or follow from others, in lower case */
  constructor(used: readonly string[]) {
    this.used = new Set(used);
  }

  add(record: CsvRecord): void {
    for (const [name, value] of Object.entries(record)) {
      if (name !== '' && value.trim() !== '' && !this.used.has(name)) this.found.add(name);
    }
  }

  /** A row of the report, if there are any. */
  *rows(): Generator<LeftOutRow, void> {
    if (this.found.size === 0) return;
    const names = [...this.found].slice(0, MOST_NAMES).join(', ');
    yield leftOut('line 1', `these columns are not imported: ${names}`, 'columns');
  }
}

/**
 * Reads the records of a CSV file with a header, one after the other. A record that cannot be parsed is reported with
 * its line, and reading continues.
 * @param needed required columns; throws BadExport if one is missing
 */
export async function* csvRows(file: string, needed: readonly string[]): AsyncGenerator<CsvRow, void> {
  const faults: CsvRow[] = [];
  const parser = createReadStream(file).pipe(
    parse({
      bom: true,
      info: true,
      max_record_size: MOST_RECORD_BYTES,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (error) => void faults.push({ line: Number(error?.lines ?? 0), fault: error?.message ?? 'unreadable' }),
    }),
  );
  let columns: string[] | undefined;
  let line = 1;
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    yield* faults.splice(0);
    if (columns === undefined) {
      columns = record.map((name) => name.trim().toLowerCase());
      const missing = needed.filter((name) => !columns?.includes(name));
      if (missing.length > 0) throw new BadExport(`The file has no column ${missing.join(', ')}.`);
    } else {
      const names = columns;
      const cells = record.map((cell, at) => [names[at] ?? '', withoutGuard(cell)] as const);
      yield { line, record: Object.fromEntries(cells) };
    }
    line = info.lines + 1;
  }
  yield* faults;
  if (columns === undefined) throw new BadExport('The file is empty.');
}
