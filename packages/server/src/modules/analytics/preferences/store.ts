import type { AnalyticsPreferences } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import type { PreferencesRow } from '../rows/tables.ts';

/** The preferences of somebody who chose nothing. */
export const noPreferences: AnalyticsPreferences = { goals: { daily: null, weekly: null }, daysOff: [], pauses: [] };

/** Preferences as they are shown. */
export function presentPreferences(row: Omit<PreferencesRow, 'account_id'>): AnalyticsPreferences {
  const { daily_goal: daily, weekly_goal: weekly, days_off: daysOff, pauses } = row;
  return { goals: { daily, weekly }, daysOff, pauses };
}

/** The preferences of somebody, locked: they exist afterwards. */
export async function lockPreferences(tx: Transaction, userId: string): Promise<AnalyticsPreferences> {
  const { rows } = await sql<PreferencesRow>`
    insert into analytics_preferences (account_id) values (${userId})
    on conflict (account_id) do update set account_id = excluded.account_id
    returning *
  `.execute(tx);
  return rows[0] === undefined ? noPreferences : presentPreferences(rows[0]);
}

/** Writes the preferences of somebody, which are locked. */
export async function savePreferences(
  tx: Transaction,
  userId: string,
  { goals, daysOff, pauses }: AnalyticsPreferences,
): Promise<void> {
  await sql`
    update analytics_preferences
    set daily_goal = ${goals.daily}, weekly_goal = ${goals.weekly}, days_off = ${daysOff}::smallint[],
      pauses = ${JSON.stringify(pauses)}::jsonb
    where account_id = ${userId}
  `.execute(tx);
}
