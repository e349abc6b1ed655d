import type { Executor } from '../../../platform/database/index.ts';

declare module '../../../platform/module/index.ts' {
  interface Module {
    /** What the module keeps of somebody, for a copy of their data. Nothing is read before it is asked for. */
    personalData?(db: Executor, userId: string): ExportPart[];
  }
}

/** One file of a person's data: the rows of one kind, read page by page while they are sent. */
export interface ExportPart {
  /** `name.json` in the archive. */
  name: string;
  /** What is in it, for the reader. */
  about: string;
  pages: AsyncIterable<readonly object[]>;
}

/** Rows in one page of an export. */
export const EXPORT_PAGE = 500;

/**
 * Reads a list page by page, each only when the one before has been taken.
 * @param read the rows after `after`, at most EXPORT_PAGE
 * @param positionOf where the next page starts, by the last row of this one
 */
export async function* pagesOf<Row extends object, Position>(
  read: (after: Position | undefined) => Promise<Row[]>,
  positionOf: (row: Row) => Position,
): AsyncGenerator<Row[], void> {
  let after: Position | undefined;
  for (;;) {
    const rows = await read(after);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < EXPORT_PAGE) return;
    after = positionOf(last);
  }
}
