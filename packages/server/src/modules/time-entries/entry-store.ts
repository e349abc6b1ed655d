import type { StopReason } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import type { TimeEntryRow } from './tables.ts';

type NewEntry = Omit<TimeEntryRow, 'asked_at' | 'last_action_at' | 'version' | 'clock_jump_ms'>;

/** Adds an entry. Fails for a second running timer of one person on one task. */
export async function insertEntry(tx: Transaction, entry: NewEntry): Promise<TimeEntryRow> {
  const row = { ...entry, clock_jump_ms: null, asked_at: null, last_action_at: null, version: 1 };
  await tx.insertInto('time_entry').values(row).execute();
  return row;
}

/** One entry, or undefined. */
export async function entryById(db: Executor, id: string): Promise<TimeEntryRow | undefined> {
  return db.selectFrom('time_entry').selectAll().where('id', '=', id).executeTakeFirst();
}

/** The running timers of tasks, oldest first. */
export async function runningOn(db: Executor, taskIds: readonly string[]): Promise<TimeEntryRow[]> {
  if (taskIds.length === 0) return [];
  const { rows } = await sql<TimeEntryRow>`
    select * from time_entry where task_id = any(${taskIds}::uuid[]) and stopped_at is null order by started_at, id
  `.execute(db);
  return rows;
}

/** A user's running timers, oldest first. */
export async function runningOf(db: Executor, userId: string): Promise<TimeEntryRow[]> {
  const { rows } = await sql<TimeEntryRow>`
    select * from time_entry where account_id = ${userId} and stopped_at is null order by started_at, id
  `.execute(db);
  return rows;
}

/** Running timers that started before an instant, the oldest first. */
export async function runningSince(db: Executor, before: Date, most: number): Promise<TimeEntryRow[]> {
  const { rows } = await sql<TimeEntryRow>`
    select * from time_entry where stopped_at is null and started_at < ${before} order by started_at, id limit ${most}
  `.execute(db);
  return rows;
}

/** When and why a timer is closed. */
export interface Closing {
  id: string;
  stoppedAt: Date;
  reason: StopReason;
  /** How far the database's clock jumped while it ran; null if it did not. */
  clockJumpMs: number | null;
}

/** Closes running timers, and adds their time to the totals of their tasks. @returns the closed entries */
export async function closeEntries(tx: Transaction, closings: readonly Closing[]): Promise<TimeEntryRow[]> {
  if (closings.length === 0) return [];
  const { rows } = await sql<TimeEntryRow>`
    with closed as (
      update time_entry e
      set stopped_at = c.stopped_at, stop_reason = c.reason, clock_jump_ms = c.jump, version = version + 1,
        duration_ms = round(extract(epoch from c.stopped_at - e.started_at) * 1000)
      from unnest(
        ${closings.map(({ id }) => id)}::uuid[],
        ${closings.map(({ stoppedAt }) => stoppedAt)}::timestamptz[],
        ${closings.map(({ reason }) => reason)}::text[],
        ${closings.map(({ clockJumpMs }) => clockJumpMs)}::bigint[]
      ) as c (id, stopped_at, reason, jump)
      where e.id = c.id and e.stopped_at is null
      returning e.*
    ), added as (
      update task_time t set base_ms = base_ms + s.ms
      from (select task_id, sum(duration_ms)::bigint as ms from closed group by task_id) s
      where t.task_id = s.task_id
    )
    select * from closed order by started_at, id
  `.execute(tx);
  return rows;
}

/** The last entry of the previous page. */
export interface EntryPosition {
  /** Epoch milliseconds. */
  startedAt: number;
  id: string;
}

/** Entries of a task, the latest first. */
export async function entryPage(
  db: Executor,
  { taskId, userId }: { taskId: string; userId: string | undefined },
  { after, limit }: { after: EntryPosition | undefined; limit: number },
): Promise<TimeEntryRow[]> {
  const onward =
    after === undefined ? sql`true` : sql`(started_at, id) < (${new Date(after.startedAt)}, ${after.id}::uuid)`;
  const whose = userId === undefined ? sql`true` : sql`account_id = ${userId}`;
  const { rows } = await sql<TimeEntryRow>`
    select * from time_entry where task_id = ${taskId} and ${whose} and ${onward}
    order by started_at desc, id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** No entry is longer, so an entry that covers an instant began at most this long before it. */
export const MAX_ENTRY_MS = 31 * 86_400_000;

/** The ids of those entries that overlap another entry of the same person, measured or entered by hand. */
export async function overlappingAmong(db: Executor, ids: readonly string[], now: Date): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select e.id from time_entry e
    where e.id = any(${ids}::uuid[]) and e.kind <> 'correction' and exists (
      select from time_entry o
      where o.account_id = e.account_id and o.id <> e.id and o.kind <> 'correction'
        and o.started_at < coalesce(e.stopped_at, ${now})
        and o.started_at > e.started_at - ${MAX_ENTRY_MS + 3_600_000} * interval '1 millisecond'
        and coalesce(o.stopped_at, ${now}) > e.started_at
    )
  `.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** The sum of the corrections of an entry, in milliseconds. */
export async function correctionsOf(db: Executor, id: string): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select coalesce(sum(duration_ms), 0)::bigint as ms from time_entry where corrects = ${id}
  `.execute(db);
  return rows[0]?.ms ?? 0;
}

/** Changes an entry except for its time, and raises its version. */
export async function updateEntry(
  tx: Transaction,
  id: string,
  change: { note?: string; billable?: boolean },
): Promise<TimeEntryRow | undefined> {
  return tx
    .updateTable('time_entry')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
}

/** A person's entries sorted by id, after a given one. */
export async function entriesOfPerson(
  db: Executor,
  userId: string,
  afterId: string | undefined,
  limit: number,
): Promise<TimeEntryRow[]> {
  const onward = afterId === undefined ? sql`true` : sql`id > ${afterId}::uuid`;
  const { rows } = await sql<TimeEntryRow>`
    select * from time_entry where account_id = ${userId} and ${onward} order by id limit ${limit}
  `.execute(db);
  return rows;
}
