import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage } from '../../../platform/module/index.ts';
import type { TaskCommentRow } from './tables.ts';

/** Adds a comment and counts it on the task, which the caller has locked. */
export async function insertComment(tx: Transaction, row: TaskCommentRow): Promise<void> {
  await tx.insertInto('task_comment').values(row).execute();
  await countComment(tx, row.task_id, 1);
}

async function countComment(tx: Transaction, taskId: string, by: 1 | -1): Promise<void> {
  await sql`update task set comment_count = comment_count + ${by} where id = ${taskId}`.execute(tx);
}

/** Changes the text of a comment. */
export async function updateComment(
  tx: Transaction,
  id: string,
  changes: Pick<TaskCommentRow, 'content' | 'mentions' | 'edited_at'>,
): Promise<void> {
  await tx.updateTable('task_comment').set(changes).where('id', '=', id).execute();
}

/** Deletes a comment of a task that the caller has locked. */
export async function deleteComment(tx: Transaction, { id, task_id }: TaskCommentRow): Promise<void> {
  await tx.deleteFrom('task_comment').where('id', '=', id).execute();
  await countComment(tx, task_id, -1);
}

/** Comments by id; ids without a comment are missing. */
export async function commentsById(db: Executor, ids: readonly string[]): Promise<Map<string, TaskCommentRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('task_comment').selectAll().where(sql<boolean>`id = any(${ids}::uuid[])`).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** A page of the comments on a task, oldest first. */
export async function commentPage(db: Executor, taskId: string, page: IdPage): Promise<TaskCommentRow[]> {
  let query = db.selectFrom('task_comment').selectAll().where('task_id', '=', taskId);
  if (page.after !== undefined) query = query.where('id', '>', page.after);
  return query.orderBy('id').limit(page.limit).execute();
}
