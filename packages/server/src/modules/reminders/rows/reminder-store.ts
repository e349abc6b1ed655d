import type { ReminderStatus } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage, Page } from '../../../platform/module/index.ts';
import type { ReminderRow } from './tables.ts';

/** Reminders by id; ids without a reminder are missing. */
export async function remindersById(db: Executor, ids: readonly string[]): Promise<Map<string, ReminderRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<ReminderRow>`select * from reminder where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks a reminder until the transaction ends; undefined if it does not exist. */
export async function lockReminder(tx: Transaction, id: string): Promise<ReminderRow | undefined> {
  const { rows } = await sql<ReminderRow>`select * from reminder where id = ${id} for update`.execute(tx);
  return rows[0];
}

/** The reminders that are affected by another change. */
export type Concerned =
  | { taskIds: readonly string[] }
  | { conversationIds: readonly string[]; userId?: string }
  | { workspaceId: string; userId?: string }
  | { createdBy: string };

function condition(about: Concerned) {
  if ('taskIds' in about) return sql`task_id = any(${about.taskIds}::uuid[])`;
  if ('createdBy' in about) return sql`created_by = ${about.createdBy} and status = 'open'`;
  const of = 'conversationIds' in about ? sql`conversation_id = any(${about.conversationIds}::uuid[])` : null;
  const where = of ?? sql`workspace_id = ${(about as { workspaceId: string }).workspaceId}`;
  return about.userId === undefined ? where : sql`${where} and account_id = ${about.userId}`;
}

/** Locks the reminders that a change affects, in the order of their ids. */
export async function lockConcerned(tx: Transaction, about: Concerned): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`
    select * from reminder where ${condition(about)} order by id for update
  `.execute(tx);
  return rows;
}

/**
 * Allows one transaction at a time to create reminders by or for these people: call it before anything else is locked.
 */
export async function lockCreating(tx: Transaction, userIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(userIds)].sort()) {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`reminder/${id}`}, 0))`.execute(tx);
  }
}

/** The number of open reminders that a person has created, and that others have created for a person. */
export async function countOpen(
  db: Executor,
  { createdBy, userId }: { createdBy: string; userId: string },
): Promise<{ created: number; byOthers: number }> {
  const { rows } = await sql<{ created: number; byOthers: number }>`
    select
      (select count(*) from reminder where created_by = ${createdBy} and status = 'open')::int as created,
      (select count(*) from reminder where account_id = ${userId} and created_by <> ${userId} and status = 'open')::int
        as "byOthers"
  `.execute(db);
  return rows[0] ?? { created: 0, byOthers: 0 };
}

export async function insertReminder(tx: Transaction, row: ReminderRow): Promise<void> {
  await tx.insertInto('reminder').values(row).execute();
}

/** Writes columns of a locked reminder and raises its version. @returns the changed row */
export async function updateReminder(
  tx: Transaction,
  id: string,
  changes: Partial<Omit<ReminderRow, 'id' | 'version'>>,
): Promise<ReminderRow> {
  return await tx
    .updateTable('reminder')
    .set((eb) => ({ ...changes, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deleteReminders(tx: Transaction, ids: readonly string[]): Promise<void> {
  await sql`delete from reminder where id = any(${ids}::uuid[])`.execute(tx);
}

/** Deletes the reminders for a person. @returns the ids */
export async function deleteRemindersFor(tx: Transaction, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from reminder where account_id = ${accountId} returning id
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** The start of a page of the list. */
export interface ListPosition {
  /** `scheduled_at` in milliseconds; null without a time. */
  at: Date | null;
  id: string;
}

const sortTime = sql`coalesce(scheduled_at, 'infinity')`;

/** Reminders for or by a person: open ones by time, others latest first. */
export async function reminderPage(
  db: Executor,
  { userId, status }: { userId: string; status: ReminderStatus },
  { after, limit }: Page<ListPosition>,
): Promise<ReminderRow[]> {
  const isOpen = status === 'open';
  const order = isOpen ? sql`${sortTime}, id` : sql`${sortTime} desc, id desc`;
  const position = after && sql`(coalesce(${after.at}::timestamptz, 'infinity'), ${after.id}::uuid)`;
  const rest =
    position === undefined
      ? sql``
      : isOpen
        ? sql`and (${sortTime}, id) > ${position}`
        : sql`and (${sortTime}, id) < ${position}`;
  // Two indexes, each read only as far as the page needs.
  const part = (column: 'account_id' | 'created_by', more = sql``) => sql`
    (select * from reminder where ${sql.ref(column)} = ${userId} and status = ${status} ${more} ${rest}
     order by ${order} limit ${limit})
  `;
  const { rows } = await sql<ReminderRow>`
    select * from (
      ${part('account_id')} union all ${part('created_by', sql`and account_id <> ${userId}`)}
    ) mine
    order by ${order} limit ${limit}
  `.execute(db);
  return rows;
}

/** Reminders for or by a person about a task, newest first. */
export async function remindersOfTask(
  db: Executor,
  { taskId, userId }: { taskId: string; userId: string },
  { after, limit }: IdPage,
): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`
    select * from reminder
    where task_id = ${taskId} and (account_id = ${userId} or created_by = ${userId})
      ${after === undefined ? sql`` : sql`and id < ${after}`}
    order by id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Open reminders for or by a person, by id. */
export async function openReminders(db: Executor, userId: string): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`
    select * from reminder where account_id = ${userId} and status = 'open'
    union all
    select * from reminder where created_by = ${userId} and account_id <> ${userId} and status = 'open'
    order by id
  `.execute(db);
  return rows;
}

/** All reminders for or by a person, by id. */
export async function remindersAfter(
  db: Executor,
  userId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ReminderRow[]> {
  const { rows } = await sql<ReminderRow>`
    select * from reminder
    where (account_id = ${userId} or created_by = ${userId}) and ${after === undefined ? sql`true` : sql`id > ${after}`}
    order by id limit ${limit}
  `.execute(db);
  return rows;
}

/** The number of reminders that a person has completed, and of open ones. */
export interface ReminderCounts {
  completed: number;
  upcoming: number;
  overdue: number;
}

/** A query of the one row that counts the reminders of a person. */
export function reminderCounts(userId: string, now: Date): RawBuilder<ReminderCounts> {
  return sql<ReminderCounts>`
    select count(*) filter (where status = 'done')::int as completed,
      count(*) filter (where status = 'open' and coalesce(snoozed_until, scheduled_at) > ${now})::int as upcoming,
      count(*) filter (where status = 'open' and coalesce(snoozed_until, scheduled_at) <= ${now})::int as overdue
    from reminder where account_id = ${userId} and status in ('open', 'done')
  `;
}
