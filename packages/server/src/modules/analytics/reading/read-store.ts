import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { Days } from '../../../platform/days/index.ts';
import { type ReminderCounts, reminderCounts } from '../../reminders/index.ts';
import { trackedByDay } from '../../time-entries/index.ts';
import type { PreferencesRow } from '../rows/tables.ts';

/** Everything that is counted of a person. */
export interface Counted {
  /** The time zone by which the days are counted; null: they are not counted yet. */
  countedIn: string | null;
  /** Another one after each change of the days; null: they are not counted yet. */
  stamp: string | null;
  /** Days since 1970-01-01 with how much was completed, in order: `day:count` each, separated by commas. */
  days: string | null;
  totalTasks: number;
  completedTasks: number;
  /** The largest first. */
  categories: { category: string; count: number }[];
  preferences: Omit<PreferencesRow, 'account_id'> | null;
  /** Milliseconds tracked, by place among the asked days from 0: `place:ms` each, separated by commas. */
  tracked: string | null;
  reminders: ReminderCounts;
}

/** What of a person is asked for. */
export interface Asked {
  /** The first of the days of which to say how much was completed. */
  since: string;
  /** The most categories. */
  most: number;
  /** The days of which to say how much time was tracked. */
  days: Days;
  now: Date;
}

/** Reads what is counted of a person, in one statement: a round trip takes longer than any part of it. */
export async function countedOf(db: Executor, userId: string, { since, most, days, now }: Asked): Promise<Counted> {
  const { rows } = await sql<Counted>`
    select c.time_zone as "countedIn", c.stamp, d.days, t.total as "totalTasks", t.completed as "completedTasks",
      t.categories, p.preferences, e.tracked, to_json(r) as reminders
    from (select ${userId}::uuid as id) person
    left join completion_calendar c on c.account_id = person.id
    cross join lateral (
      select string_agg(day - date '1970-01-01' || ':' || completed, ',' order by day) as days
      from completion_day where account_id = person.id and day >= ${since}
    ) d
    cross join lateral (
      select coalesce(sum(open + completed), 0)::int as total, coalesce(sum(completed), 0)::int as completed,
        array(
          select json_build_object('category', category, 'count', open + completed) from task_count
          where account_id = person.id and open + completed > 0
          order by open + completed desc, category limit ${most}
        ) as categories
      from task_count where account_id = person.id
    ) t
    left join lateral (
      select json_build_object(
        'daily_goal', daily_goal, 'weekly_goal', weekly_goal, 'days_off', days_off, 'pauses', pauses
      ) as preferences
      from analytics_preferences where account_id = person.id
    ) p on true
    cross join (
      select string_agg(day || ':' || ms, ',') as tracked from (${trackedByDay(userId, days, now)}) entry
    ) e
    cross join (${reminderCounts(userId, now)}) r
  `.execute(db);
  const [counted] = rows;
  if (counted === undefined) throw new Error('Nothing was read.');
  return counted;
}

/** All days on which somebody completed something, as days since 1970-01-01 in order, separated by commas. */
export async function completedDays(db: Executor, userId: string): Promise<string | null> {
  const { rows } = await sql<{ days: string | null }>`
    select string_agg((day - date '1970-01-01')::text, ',' order by day) as days
    from completion_day where account_id = ${userId}
  `.execute(db);
  return rows[0]?.days ?? null;
}
