import { type Database, databaseSize } from '../platform/database/index.ts';
import type { JobSystem } from '../platform/jobs/index.ts';
import type { Connections, Live } from '../platform/live/index.ts';
import { counter, gauge, type Metric } from '../platform/metrics/index.ts';
import type { StreamHub } from '../platform/stream/index.ts';

/** The parts of the server that are measured. */
export interface MeasuredParts {
  connections: Pick<Connections, 'total'>;
  database: Database;
  hub: Pick<StreamHub, 'counters' | 'status'>;
  jobs: Pick<JobSystem, 'counts' | 'status'>;
  live: Pick<Live, 'counters'>;
}

/** Metrics of the platform. Those of the queue and the database are the same on every node. */
export function programMetrics({ connections, database, hub, jobs, live }: MeasuredParts): Metric[] {
  const { pool } = database;
  return [
    gauge('atrium_socket_connections', 'Open connections of the live API on this node.', () => connections.total()),
    counter(
      'atrium_socket_slow_consumers_total',
      'Connections that were closed because the client did not read.',
      () => live.counters.slowConsumers,
    ),
    gauge('atrium_stream_followed', 'Streams that somebody follows on this node.', () => hub.status().streams),
    gauge('atrium_stream_lag_events', 'Events by which the slowest stream is behind its head.', () => hub.status().lag),
    counter(
      'atrium_stream_gap_reads_total',
      'Reads of the log because the hint of an event did not arrive.',
      () => hub.counters.gapReads,
    ),
    counter(
      'atrium_stream_failed_reads_total',
      'Reads of the log that failed; they are tried again.',
      () => hub.counters.failedReads,
    ),
    {
      name: 'atrium_jobs',
      help: 'Background jobs in the queue, of all nodes, by state.',
      type: 'gauge',
      labels: ['state'],
      read: async () => Object.entries(await jobs.counts()).map(([state, value]) => ({ labels: { state }, value })),
    },
    {
      name: 'atrium_jobs_ended_total',
      help: 'Ended attempts of background jobs on this node, by outcome.',
      type: 'counter',
      labels: ['outcome'],
      read() {
        const { completed, retried, failed, stalled } = jobs.status();
        return Object.entries({ completed, retried, failed, stalled }).map(([outcome, value]) => ({
          labels: { outcome },
          value,
        }));
      },
    },
    {
      name: 'atrium_database_pool_connections',
      help: 'Connections to the database that this node holds, by state.',
      type: 'gauge',
      labels: ['state'],
      read: () => [
        { labels: { state: 'idle' }, value: pool.idleCount },
        { labels: { state: 'busy' }, value: pool.totalCount - pool.idleCount },
      ],
    },
    gauge('atrium_database_pool_waiting', 'Statements that wait for a connection.', () => pool.waitingCount),
    gauge('atrium_database_size_bytes', 'Size of the database on disk.', () => databaseSize(database.db)),
  ];
}
