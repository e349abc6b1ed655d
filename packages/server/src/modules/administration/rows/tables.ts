import type { InstanceCounters } from '@atrium/protocol';

interface CounterSampleRow {
  /** The start of the interval. */
  at: Date;
  /** The length of the interval. */
  minutes: number;
  online: number;
  sockets: number;
  messages_per_minute: number;
  running_timers: number;
  orders_today: number;
  queue_depth: number;
  database_bytes: number;
  disk_used_bytes: number;
}

export interface InstanceCountersRow {
  id: boolean;
  claimed_at: Date;
  /** null: the first measurement is in progress. */
  counters: InstanceCounters | null;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    counter_sample: CounterSampleRow;
    instance_counters: InstanceCountersRow;
  }
}
