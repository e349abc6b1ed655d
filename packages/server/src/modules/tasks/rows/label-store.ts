import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import { isVisiting } from '../../workspaces/index.ts';
import type { LabelRow } from './tables.ts';

/** Adds a label. @returns false if the workspace has one of this name */
export async function insertLabel(tx: Transaction, row: LabelRow): Promise<boolean> {
  const added = await tx
    .insertInto('label')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .execute();
  return added.length > 0;
}

/** Locks a label until the transaction ends. */
export async function lockLabel(tx: Transaction, id: string): Promise<LabelRow | undefined> {
  return tx.selectFrom('label').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Whether a workspace has another label of this name, ignoring case. */
export async function isLabelNameTaken(db: Executor, { id, workspace_id, name }: LabelRow): Promise<boolean> {
  const { rows } = await sql`
    select from label where workspace_id = ${workspace_id} and lower(name) = lower(${name}) and id <> ${id}
  `.execute(db);
  return rows.length > 0;
}

/** Changes a label. */
export async function updateLabel(tx: Transaction, { id, name, color }: LabelRow): Promise<void> {
  await tx.updateTable('label').set({ name, color }).where('id', '=', id).execute();
}

/** The guests and customers who are members of a task with this label. */
export async function visitorsWithLabel(db: Executor, labelId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct me.account_id as id
    from task_label l
    join task_member_role me on me.task_id = l.task_id and ${isVisiting}
    where l.label_id = ${labelId} order by 1
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Deletes a label, and removes it from all tasks. */
export async function deleteLabel(tx: Transaction, id: string): Promise<void> {
  await tx.deleteFrom('task_label').where('label_id', '=', id).execute();
  await tx.deleteFrom('label').where('id', '=', id).execute();
}

/** The labels of workspaces, by name. */
export async function labelsOf(db: Executor, workspaceIds: readonly string[]): Promise<LabelRow[]> {
  const { rows } = await sql<LabelRow>`
    select * from label where workspace_id = any(${workspaceIds}::uuid[]) order by workspace_id, lower(name) collate "C"
  `.execute(db);
  return rows;
}

/** Labels by id; ids without a label are missing. */
export async function labelsById(db: Executor, ids: readonly string[]): Promise<Map<string, LabelRow>> {
  const { rows } = await sql<LabelRow>`select * from label where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Keeps labels from being deleted until the transaction ends. @returns those that belong to the workspace */
export async function holdLabels(tx: Transaction, workspaceId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from label where workspace_id = ${workspaceId} and id = any(${ids}::uuid[]) order by id for key share
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** How many labels a workspace has. */
export async function countLabels(db: Executor, workspaceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from label where workspace_id = ${workspaceId}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** Deletes all labels of a workspace; no task has one any more. */
export async function deleteLabelsOf(tx: Transaction, workspaceId: string): Promise<void> {
  await tx.deleteFrom('label').where('workspace_id', '=', workspaceId).execute();
}
