import type { Executor } from '../../../platform/database/index.ts';

declare module '../../../platform/module/index.ts' {
  interface Module {
    /** The module's data about a person, for an export. Nothing is read before it is needed. */
    personalData?(db: Executor, userId: string): ExportPart[];
  }
}

/** One file of a person's data: the rows of one kind, read page by page while they are sent. */
export interface ExportPart {
  /** `name.json` in the archive. */
  name: string;
  /** A description of its content for the reader. */
  about: string;
  pages: AsyncIterable<readonly object[]>;
}

/** Rows per page of an export. */
export const EXPORT_PAGE = 500;

/**
 * Reads a list page by page, each only after the previous one was consumed.
 * @param read the rows after `after`, at most EXPORT_PAGE
 * @param positionOf where the next page starts, from the last row of this one
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
