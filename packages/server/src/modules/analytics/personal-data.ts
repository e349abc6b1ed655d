import type { Executor } from '../../platform/database/index.ts';
import { EXPORT_PAGE, type ExportPart, pagesOf } from '../identity/index.ts';
import { completionsOf } from './completions/log-store.ts';
import type { CompletionRow } from './rows/tables.ts';

function exported(row: CompletionRow): object {
  return {
    taskId: row.task_id,
    completedAt: row.completed_at.toISOString(),
    undoneAt: row.undone_at?.toISOString() ?? null,
  };
}

async function* presented(pages: AsyncIterable<CompletionRow[]>): AsyncGenerator<object[], void> {
  for await (const rows of pages) yield rows.map(exported);
}

/** What somebody completed, for a copy of their data. */
export function completionParts(db: Executor, userId: string): ExportPart[] {
  const read = (after: string | undefined) => completionsOf(db, userId, after, EXPORT_PAGE);
  return [{ name: 'completions', about: 'when you completed tasks', pages: presented(pagesOf(read, ({ id }) => id)) }];
}
