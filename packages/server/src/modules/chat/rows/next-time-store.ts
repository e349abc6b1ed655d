import { type RawBuilder, sql } from 'kysely';

/**
 * The moment of what is added to a list that goes by such moments, in the statement that reads the list: after all that
 * is in it. Who waited for the lock began before them by the clock, and is told of after them.
 */
export function nextTime(moments: 'pinned_at' | 'saved_at', now: Date): RawBuilder<Date> {
  return sql`greatest(${now}::timestamptz, max(${sql.ref(moments)}) + interval '1 microsecond')`;
}
