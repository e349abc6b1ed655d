import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage } from '../../../platform/module/index.ts';
import { newId } from '../../../platform/new-id.ts';
import type { TaskActivityRow } from './tables.ts';

/** One change of a task: the field, and its value before and after. */
export interface FieldChange {
  field: string;
  before: unknown;
  after: unknown;
}

/** Records what a person changed. */
export async function recordActivity(
  tx: Transaction,
  { taskId, actorId, at }: { taskId: string; actorId: string | null; at: Date },
  changes: readonly FieldChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ field, before, after }) => ({
    id: newId(),
    task_id: taskId,
    actor_id: actorId,
    at,
    field,
    before: JSON.stringify(before ?? null),
    after: JSON.stringify(after ?? null),
  }));
  await tx.insertInto('task_activity').values(rows).execute();
}

/** A page of the history of a task, latest first. */
export async function activityPage(db: Executor, taskId: string, page: IdPage): Promise<TaskActivityRow[]> {
  let query = db.selectFrom('task_activity').selectAll().where('task_id', '=', taskId);
  if (page.after !== undefined) query = query.where('id', '<', page.after);
  return query.orderBy('id', 'desc').limit(page.limit).execute();
}
