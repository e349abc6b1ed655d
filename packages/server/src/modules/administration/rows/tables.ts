import type { InstanceCounters } from '@atrium/protocol';

interface CounterSampleRow {
  /** When the interval begins. */
  at: Date;
  /** How long it is. */
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
  /** null: they are being measured for the first time. */
  counters: InstanceCounters | null;
}

declare module '../../../platform/database/index.ts' {
  interface Tables {
    counter_sample: CounterSampleRow;
    instance_counters: InstanceCountersRow;
  }
}
