import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** A page sorted by id. */
interface Page {
  after: string | undefined;
  limit: number;
}

/** A task in the export of its creator or a member. */
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
  /** Set if the task is in the trash. */
  deletedAt: Date | null;
}

/** Tasks that a person created or is a member of, in their workspaces. */
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

/** A comment in the export of its author. */
export interface OwnComment {
  id: string;
  taskId: string;
  content: string;
  createdAt: Date;
  editedAt: Date | null;
}

/** The comments that a person wrote. */
export async function commentsBy(db: Executor, userId: string, { after, limit }: Page): Promise<OwnComment[]> {
  const { rows } = await sql<OwnComment>`
    select id, task_id as "taskId", content, created_at as "createdAt", edited_at as "editedAt"
    from task_comment
    where author_id = ${userId} and ${after === undefined ? sql`true` : sql`id > ${after}`}
    order by id limit ${limit}
  `.execute(db);
  return rows;
}
