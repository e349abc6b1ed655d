import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';

/** How many tasks were completed on a day. */
export interface CompletedDay {
  /** YYYY-MM-DD. */
  day: string;
  completed: number;
}

/** Locks the calendar of somebody, of which days change. @returns the time zone of its days; undefined: there is none yet */
export async function lockCalendar(tx: Transaction, userId: string): Promise<string | undefined> {
  const { rows } = await sql<{ time_zone: string }>`
    update completion_calendar set stamp = gen_random_uuid() where account_id = ${userId} returning time_zone
  `.execute(tx);
  return rows[0]?.time_zone;
}

/** Gives the calendar of somebody a time zone, and locks it. */
export async function saveCalendar(tx: Transaction, userId: string, timeZone: string): Promise<void> {
  await sql`
    insert into completion_calendar (account_id, time_zone) values (${userId}, ${timeZone})
    on conflict (account_id) do update set time_zone = excluded.time_zone, stamp = excluded.stamp
  `.execute(tx);
}

/** Writes all days of somebody anew; their calendar is locked. */
export async function replaceDays(tx: Transaction, userId: string, days: readonly CompletedDay[]): Promise<void> {
  await sql`delete from completion_day where account_id = ${userId}`.execute(tx);
  await sql`
    insert into completion_day (account_id, day, completed)
    select ${userId}::uuid, * from unnest(
      ${days.map(({ day }) => day)}::date[], ${days.map(({ completed }) => completed)}::int[]
    )
  `.execute(tx);
}

/** Counts one more on a day; the calendar is locked. */
export async function addToDay(tx: Transaction, userId: string, day: string): Promise<void> {
  await sql`
    insert into completion_day (account_id, day, completed) values (${userId}, ${day}, 1)
    on conflict (account_id, day) do update set completed = completion_day.completed + 1
  `.execute(tx);
}

/** Counts one less on a day; the calendar is locked. */
export async function takeFromDay(tx: Transaction, userId: string, day: string): Promise<void> {
  const { rows } = await sql`
    delete from completion_day where account_id = ${userId} and day = ${day} and completed = 1 returning 1
  `.execute(tx);
  if (rows.length > 0) return;
  await sql`
    update completion_day set completed = completed - 1 where account_id = ${userId} and day = ${day}
  `.execute(tx);
}

/** Deletes what is counted of somebody. */
export async function deleteCounts(tx: Transaction, userId: string): Promise<void> {
  for (const table of ['completion_day', 'completion_calendar', 'task_count', 'analytics_preferences']) {
    await sql`delete from ${sql.table(table)} where account_id = ${userId}`.execute(tx);
  }
}
