import type { Executor } from '../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../identity/index.ts';
import { entriesOfPerson } from './entry-store.ts';
import type { TimeEntryRow } from './tables.ts';

function exported(row: TimeEntryRow): object {
  return {
    id: row.id,
    taskId: row.task_id,
    kind: row.kind,
    startedAt: row.started_at.toISOString(),
    stoppedAt: row.stopped_at?.toISOString() ?? null,
    durationMs: row.duration_ms,
    note: row.note,
    billable: row.billable,
    authorId: row.author_id,
    reason: row.reason,
    corrects: row.corrects,
  };
}

async function* presented(pages: AsyncIterable<TimeEntryRow[]>): AsyncGenerator<object[], void> {
  for await (const rows of pages) yield rows.map(exported);
}

/** A user's recorded time, for an export of their data. */
export function timeParts(db: Executor, userId: string): ExportPart[] {
  const read = (after: string | undefined) => entriesOfPerson(db, userId, after, EXPORT_PAGE);
  return [{ name: 'time-entries', about: 'your time on tasks', pages: presented(pagesOf(read, ({ id }) => id)) }];
}
