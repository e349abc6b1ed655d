import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { neutral } from '../../../platform/csv/index.ts';
import type { Executor } from '../../../platform/database/index.ts';
import { EXPORT_PAGE, pagesOf } from '../rows/export-part.ts';
import { type AuditFilters, type AuditPosition, type AuditRow, listAudit } from './audit-store.ts';

const HEAD = ['Time', 'Kind', 'Actor', 'Actor id', 'Target', 'Target id', 'Address', 'Device', 'Details', 'Request'];

function cells(row: AuditRow): string[] {
  const { actor_name, actor_id, target_name, target_id, details, request_id } = row;
  const texts = [row.kind, actor_name, actor_id, target_name, target_id, row.ip, row.user_agent];
  return [row.at.toISOString(), ...texts, JSON.stringify(details), request_id].map((cell) => neutral(cell ?? ''));
}

async function* csvOf(db: Executor, filters: AuditFilters): AsyncGenerator<string, void> {
  yield stringify([HEAD], { record_delimiter: 'windows' });
  const read = (after: AuditPosition | undefined) => listAudit(db, filters, { after, limit: EXPORT_PAGE });
  for await (const rows of pagesOf(read, ({ at, id }) => ({ at, id }))) {
    yield stringify(rows.map(cells), { record_delimiter: 'windows' });
  }
}

/** The log as CSV (RFC 4180), read from the database no faster than the client reads it. */
export function auditCsv(db: Executor, filters: AuditFilters): Readable {
  return Readable.from(csvOf(db, filters), { objectMode: false });
}
