import { type RawBuilder, sql } from 'kysely';

/**
 * The time of a new entry in a list that is sorted by time, computed in the statement that reads the list: after all
 * existing entries. A transaction that waited for the lock began earlier than they did, but its event comes after
 * theirs.
 */
export function nextTime(moments: 'pinned_at' | 'saved_at', now: Date): RawBuilder<Date> {
  return sql`greatest(${now}::timestamptz, max(${sql.ref(moments)}) + interval '1 microsecond')`;
}
