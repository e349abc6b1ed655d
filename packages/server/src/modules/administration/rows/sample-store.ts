import type { CounterSample } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

const highest = sql`max(online) as online, max(sockets) as sockets, max(messages_per_minute) as messages_per_minute,
  max(running_timers) as running_timers, max(orders_today) as orders_today, max(queue_depth) as queue_depth,
  max(database_bytes) as database_bytes, max(disk_used_bytes) as disk_used_bytes`;

/** True if the minute has a sample. */
export async function hasSample(db: Executor, minute: Date): Promise<boolean> {
  const { rows } = await sql`select from counter_sample where at = ${minute} and minutes = 1`.execute(db);
  return rows.length > 0;
}

/** Adds the sample of a minute, unless another node was faster. */
export async function insertSample(db: Executor, sample: Omit<CounterSample, 'at'> & { at: Date }): Promise<void> {
  await sql`
    insert into counter_sample (
      at, minutes, online, sockets, messages_per_minute, running_timers, orders_today, queue_depth, database_bytes,
      disk_used_bytes
    ) values (
      ${sample.at}, 1, ${sample.online}, ${sample.sockets}, ${sample.messagesPerMinute}, ${sample.runningTimers},
      ${sample.ordersToday}, ${sample.queueDepth}, ${sample.databaseBytes}, ${sample.diskUsedBytes}
    ) on conflict do nothing
  `.execute(db);
}

/** The maximum of every counter in each interval that has samples, oldest first. */
export async function samplesBetween(
  db: Executor,
  { from, to, everyMinutes }: { from: Date; to: Date; everyMinutes: number },
): Promise<(Omit<CounterSample, 'at'> & { at: Date })[]> {
  const { rows } = await sql<Omit<CounterSample, 'at'> & { at: Date }>`
    select at, online, sockets, messages_per_minute as "messagesPerMinute", running_timers as "runningTimers",
      orders_today as "ordersToday", queue_depth as "queueDepth", database_bytes as "databaseBytes",
      disk_used_bytes as "diskUsedBytes"
    from (
      select date_bin(make_interval(mins => ${everyMinutes}::int), at, ${from}::timestamptz) as at, ${highest}
      from counter_sample where at >= ${from} and at < ${to} group by 1
    ) s
    order by at
  `.execute(db);
  return rows;
}

/** Replaces the samples of single minutes before a quarter of an hour by the maximum of each quarter. */
export async function thinSamples(db: Executor, before: Date): Promise<void> {
  await sql`
    with old as (
      delete from counter_sample where minutes = 1 and at < ${before} returning *
    )
    insert into counter_sample
    select date_bin('15 minutes', at, '2000-01-01T00:00:00Z'), 15, ${highest} from old group by 1
    on conflict do nothing
  `.execute(db);
}

export async function pruneSamples(db: Executor, before: Date): Promise<void> {
  await sql`delete from counter_sample where at < ${before}`.execute(db);
}
