import { Readable } from 'node:stream';
import type { Database } from '../../../platform/database/index.ts';
import { type Download, type DownloadFile, problem } from '../../../platform/module/index.ts';
import { loadSheet, type Sheet } from '../sheet/load.ts';
import { fileLines } from './columns.ts';
import { csvOf } from './csv.ts';
import { LINK_PATH, tokenHash } from './link.ts';
import { type FileQuery, linkBehind } from './link-store.ts';
import { pdfOf } from './pdf.ts';
import { xlsxOf } from './xlsx.ts';

type Content = Pick<DownloadFile, 'type' | 'content'>;

async function contentOf({ bom, format, from, to }: FileQuery, { lines, timeZone }: Sheet): Promise<Content> {
  switch (format) {
    case 'csv':
      return { type: 'text/csv; charset=utf-8', content: Readable.from([csvOf(fileLines(lines, timeZone), { bom })]) };
    case 'xlsx':
      return {
        type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        content: Readable.from([await xlsxOf(fileLines(lines, timeZone))]),
      };
    case 'pdf':
      return { type: 'application/pdf', content: Readable.from(await pdfOf(lines, { from, to, timeZone })) };
  }
}

/** Downloads of timesheet files. They contain what the person may see at the time of the download. */
export function timesheetDownload({
  clock,
  database,
}: {
  clock: { now(): Date };
  database: Pick<Database, 'db'>;
}): Download {
  return {
    path: LINK_PATH,
    async open(token) {
      const { db } = database;
      const now = clock.now();
      const link = await linkBehind(db, tokenHash(token), now);
      if (link === undefined) throw problem('not_found');
      const { query } = link;
      const sheet = await loadSheet(db, link.accountId, query, now);
      return { name: `timesheet-${query.from}-${query.to}.${query.format}`, ...(await contentOf(query, sheet)) };
    },
  };
}
