import type { InstanceCounters } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { databaseSize } from '../../../platform/database/index.ts';
import { daysBetween, localDay } from '../../../platform/days/index.ts';
import { diskSpace } from '../../../platform/storage/index.ts';
import { countMessagesSince } from '../../chat/index.ts';
import { countOrdersSince } from '../../orders/index.ts';
import { countRunning } from '../../time-entries/index.ts';

const MINUTE_MS = 60_000;

/** What the counters are read from. */
export interface CounterSources {
  db: Executor;
  /** Determines which orders are those of today. */
  defaultTimezone: string;
  dataDir: string;
  /** Open connections and people who are present, on all nodes. */
  sockets(): number;
  online(): number;
  jobCounts(): Promise<{ active: number; waiting: number }>;
}

/** Measures all counters. What is read from the database is the same from every node. */
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
