import type { InstanceCounters } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { databaseSize } from '../../../platform/database/index.ts';
import { daysBetween, localDay } from '../../../platform/days/index.ts';
import { diskSpace } from '../../../platform/storage/index.ts';
import { countMessagesSince } from '../../chat/index.ts';
import { countOrdersSince } from '../../orders/index.ts';
import { countRunning } from '../../time-entries/index.ts';

const MINUTE_MS = 60_000;

/** The sources of the counters. */
export interface CounterSources {
  db: Executor;
  /** Determines which orders count as today's. */
  defaultTimezone: string;
  dataDir: string;
  /** Open connections and present people, on all nodes. */
  sockets(): number;
  online(): number;
  jobCounts(): Promise<{ active: number; waiting: number }>;
}

/** Measures all counters. Values from the database are the same on every node. */
export async function measureCounters(sources: CounterSources, now: Date): Promise<InstanceCounters> {
  const { db, defaultTimezone, dataDir } = sources;
  const today = localDay(now, defaultTimezone);
  const [midnight = now.getTime()] = daysBetween(today, today, defaultTimezone).starts;
  const [messagesPerMinute, runningTimers, ordersToday, jobs, databaseBytes, disk] = await Promise.all([
    countMessagesSince(db, new Date(now.getTime() - MINUTE_MS)),
    countRunning(db),
    countOrdersSince(db, new Date(midnight)),
    sources.jobCounts(),
    databaseSize(db),
    diskSpace(dataDir),
  ]);
  return {
    at: now.toISOString(),
    online: sources.online(),
    sockets: sources.sockets(),
    messagesPerMinute,
    runningTimers,
    ordersToday,
    queueDepth: jobs.active + jobs.waiting,
    databaseBytes,
    diskUsedBytes: disk.usedBytes,
    diskBytes: disk.bytes,
  };
}
