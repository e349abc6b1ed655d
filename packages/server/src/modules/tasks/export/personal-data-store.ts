import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** A page in the order of ids. */
interface Page {
  after: string | undefined;
  limit: number;
}

/** A task as it is given to who made it or is a member of it. */
export interface OwnTask {
  id: string;
  workspaceId: string;
  title: string;
  description: string;
  status: string;
  category: string | null;
  link: string | null;
  dueAt: Date | null;
  dueOn: string | null;
  recurrence: string | null;
  createdAt: Date;
  completedAt: Date | null;
  /** Then it is in the trash. */
  deletedAt: Date | null;
}

/** Tasks that somebody created or is a member of, in workspaces that they are in. */
export async function tasksOf(db: Executor, userId: string, { after, limit }: Page): Promise<OwnTask[]> {
  const { rows } = await sql<OwnTask>`
    select t.id, t.workspace_id as "workspaceId", t.title, t.description, t.status, t.category, t.link,
      t.due_at as "dueAt", t.due_on as "dueOn", t.recurrence_rule as recurrence, t.created_at as "createdAt",
      t.completed_at as "completedAt", t.deleted_at as "deletedAt"
    from (
      select task_id as id from task_member where account_id = ${userId}
      union
      select t.id from task t join task_viewer v on v.task_id = t.id and v.viewer_id = ${userId}
      where t.created_by = ${userId} and t.visibility = 'workspace'
    ) mine
    join task t on t.id = mine.id
    where ${after === undefined ? sql`true` : sql`t.id > ${after}`}
    order by t.id limit ${limit}
  `.execute(db);
  return rows;
}

/** A comment as it is given to who wrote it. */
export interface OwnComment {
  id: string;
  taskId: string;
  content: string;
  createdAt: Date;
  editedAt: Date | null;
}

/** What somebody said about tasks. */
export async function commentsBy(db: Executor, userId: string, { after, limit }: Page): Promise<OwnComment[]> {
  const { rows } = await sql<OwnComment>`
    select id, task_id as "taskId", content, created_at as "createdAt", edited_at as "editedAt"
    from task_comment
    where author_id = ${userId} and ${after === undefined ? sql`true` : sql`id > ${after}`}
    order by id limit ${limit}
  `.execute(db);
  return rows;
}
