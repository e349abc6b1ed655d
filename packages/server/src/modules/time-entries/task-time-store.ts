import type { Money } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { TaskTimeRow } from './tables.ts';

/** Milliseconds of ended entries by task, without tasks that have none. */
export async function basesOf(db: Executor, taskIds: readonly string[]): Promise<Map<string, number>> {
  if (taskIds.length === 0) return new Map();
  const { rows } = await sql<Pick<TaskTimeRow, 'task_id' | 'base_ms'>>`
    select task_id, base_ms from task_time where task_id = any(${taskIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ task_id, base_ms }) => [task_id, base_ms]));
}

/** Ensures that entries can be added to a task. */
export async function openTaskTime(tx: Transaction, task: { id: string; workspace_id: string }): Promise<void> {
  await sql`
    insert into task_time (task_id, workspace_id) values (${task.id}, ${task.workspace_id}) on conflict do nothing
  `.execute(tx);
}

/** Adds milliseconds to the ended time of a task. */
export async function addToBase(tx: Transaction, taskId: string, ms: number): Promise<void> {
  await sql`update task_time set base_ms = base_ms + ${ms} where task_id = ${taskId}`.execute(tx);
}

/** The hourly rate of a new entry of a task: the rate of the task, or else of its workspace. */
export async function rateFor(db: Executor, task: { id: string; workspace_id: string }): Promise<Money | null> {
  return (await taskRate(db, task.id)) ?? (await workspaceRate(db, task.workspace_id));
}

interface RateRow {
  rate_minor: number | null;
  rate_currency: string | null;
}

const toMoney = (row: RateRow | undefined): Money | null =>
  row?.rate_minor == null || row.rate_currency === null
    ? null
    : { amountMinor: row.rate_minor, currency: row.rate_currency };

/** The hourly rate of a task itself. */
export async function taskRate(db: Executor, taskId: string): Promise<Money | null> {
  const { rows } = await sql<RateRow>`
    select rate_minor, rate_currency from task_time where task_id = ${taskId}
  `.execute(db);
  return toMoney(rows[0]);
}

/** The hourly rate of a workspace. */
export async function workspaceRate(db: Executor, workspaceId: string): Promise<Money | null> {
  const { rows } = await sql<RateRow>`
    select rate_minor, rate_currency from workspace_rate where workspace_id = ${workspaceId}
  `.execute(db);
  return toMoney(rows[0]);
}

/** Sets or removes the hourly rate of a task, which is open for entries. */
export async function setTaskRate(tx: Transaction, taskId: string, rate: Money | null): Promise<void> {
  await sql`
    update task_time set rate_minor = ${rate?.amountMinor ?? null}, rate_currency = ${rate?.currency ?? null}
    where task_id = ${taskId}
  `.execute(tx);
}

/** Sets or removes the hourly rate of a workspace. */
export async function setWorkspaceRate(tx: Transaction, workspaceId: string, rate: Money | null): Promise<void> {
  if (rate === null) {
    await sql`delete from workspace_rate where workspace_id = ${workspaceId}`.execute(tx);
    return;
  }
  await sql`
    insert into workspace_rate (workspace_id, rate_minor, rate_currency)
    values (${workspaceId}, ${rate.amountMinor}, ${rate.currency})
    on conflict (workspace_id) do update
    set rate_minor = excluded.rate_minor, rate_currency = excluded.rate_currency
  `.execute(tx);
}

/** Stores the titles of tasks before they are deleted, because their time entries stay. */
export async function keepNames(
  tx: Transaction,
  tasks: readonly { id: string; title: string; category: string | null }[],
): Promise<void> {
  if (tasks.length === 0) return;
  await sql`
    update task_time t set title = g.title, category = g.category
    from unnest(
      ${tasks.map(({ id }) => id)}::uuid[],
      ${tasks.map(({ title }) => title)}::text[],
      ${tasks.map(({ category }) => category)}::text[]
    ) as g (id, title, category)
    where t.task_id = g.id
  `.execute(tx);
}

/** Deletes all recorded time of a workspace. */
export async function deleteWorkspaceTime(tx: Transaction, workspaceId: string): Promise<void> {
  await sql`delete from time_entry where workspace_id = ${workspaceId} and corrects is not null`.execute(tx);
  for (const table of ['time_entry', 'task_time', 'workspace_rate']) {
    await sql`delete from ${sql.table(table)} where workspace_id = ${workspaceId}`.execute(tx);
  }
}
