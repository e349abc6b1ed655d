import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import { MAX_ENTRY_MS } from './entry-store.ts';
import type { TimeEntryRow } from './tables.ts';

/** Running timers of a workspace that started before an instant, sorted by task. */
export async function runningInWorkspace(
  db: Executor,
  workspaceId: string,
  before: Date,
): Promise<{ taskId: string; id: string }[]> {
  const { rows } = await sql<{ taskId: string; id: string }>`
    select task_id as "taskId", id from time_entry
    where workspace_id = ${workspaceId} and stopped_at is null and started_at < ${before} order by task_id, id
  `.execute(db);
  return rows;
}

/**
 * Running timers that started before an instant and whose users were not asked yet; a page after `afterId`, sorted by
 * id.
 */
export async function unaskedSince(db: Executor, before: Date, afterId: string, most: number): Promise<TimeEntryRow[]> {
  const { rows } = await sql<TimeEntryRow>`
    select * from time_entry
    where stopped_at is null and started_at < ${before} and asked_at is null and id > ${afterId}
    order by id limit ${most}
  `.execute(db);
  return rows;
}

/** Marks a timer as asked about. @returns the entry; undefined if it was stopped or already marked */
export async function markAsked(
  tx: Transaction,
  id: string,
  { now, lastActionAt }: { now: Date; lastActionAt: Date | null },
): Promise<TimeEntryRow | undefined> {
  const { rows } = await sql<TimeEntryRow>`
    update time_entry set asked_at = ${now}, last_action_at = ${lastActionAt}, version = version + 1
    where id = ${id} and stopped_at is null and asked_at is null returning *
  `.execute(tx);
  return rows[0];
}

/** Ids of users with a running timer; a page after `afterId`. */
export async function peopleRunning(db: Executor, afterId: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct account_id as id from time_entry
    where stopped_at is null and account_id > ${afterId} order by account_id limit ${most}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Milliseconds of a person's ended entries between two instants, corrections included. */
export async function endedWithin(db: Executor, userId: string, from: Date, to: Date): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select coalesce(sum(case when kind = 'correction' then duration_ms else
      round(extract(epoch from least(stopped_at, ${to}) - greatest(started_at, ${from})) * 1000) end), 0)::bigint as ms
    from time_entry
    where account_id = ${userId} and started_at < ${to}
      and started_at > ${from}::timestamptz - ${MAX_ENTRY_MS} * interval '1 millisecond'
      and (kind = 'correction' and started_at >= ${from} or kind <> 'correction' and stopped_at > ${from})
  `.execute(db);
  return rows[0]?.ms ?? 0;
}

/** Number of running timers of all users. */
export async function countRunning(db: Executor): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from time_entry where stopped_at is null
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/**
 * Marks timers during which the database's clock jumped: their time may be wrong by as much, and needs a review.
 * @param agoMs only timers that started longer ago than this: the clock was right for later ones
 */
export async function markClockJump(db: Executor, { agoMs, byMs }: { agoMs: number; byMs: number }): Promise<void> {
  await sql`
    update time_entry set clock_jump_ms = ${Math.round(byMs)}
    where id in (
      select id from time_entry
      where stopped_at is null and clock_jump_ms is null
        and started_at not between clock_timestamp() - ${agoMs} * interval '1 millisecond' and clock_timestamp()
      order by id for update
    )
  `.execute(db);
}
