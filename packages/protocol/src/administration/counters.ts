import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { instant, nothing } from '../core/primitives.ts';

const count = (description: string) => z.int().min(0).meta({ description });
const bytes = (description: string) => z.number().min(0).meta({ description });

const figures = {
  online: count('People who are connected'),
  sockets: count('Open connections of the live API'),
  messagesPerMinute: count('Messages sent in the last 60 seconds'),
  runningTimers: count('Timers that are running'),
  ordersToday: count('Orders placed since midnight in the time zone of the instance'),
  queueDepth: count('Background jobs that wait or run'),
  databaseBytes: bytes('Size of the database on disk'),
  diskUsedBytes: bytes('Used space of the disk that holds the data directory'),
};

/** Counters of the instance, over all nodes. */
export const instanceCounters = z.object({
  at: instant.meta({ description: 'Time of the measurement' }),
  ...figures,
  diskBytes: bytes('Size of that disk'),
});
export type InstanceCounters = z.infer<typeof instanceCounters>;

/** The counters of an interval. */
export const counterSample = z.object({
  at: instant.meta({ description: 'Start of the interval' }),
  ...figures,
});
export type CounterSample = z.infer<typeof counterSample>;

export const counters = operationGroup('counters', {
  watch: operation({
    summary: 'Watch the counters of the instance',
    description:
      'They are sent every 2 seconds as `instance:counters`: to the connection that subscribed or, when called over REST, to all open connections of the session. The subscription ends with the connection.',
    method: 'PUT',
    path: '/admin/counters/watch',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: instanceCounters,
  }),
  unwatch: operation({
    summary: 'Stop watching the counters of the instance',
    method: 'DELETE',
    path: '/admin/counters/watch',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({}),
    output: nothing,
  }),
  history: operation({
    summary: 'Get the counters of the last 24 hours',
    description: 'They are measured once a minute. Minutes in which no server was running are missing.',
    method: 'GET',
    path: '/admin/counters/history',
    access: 'instance:admin',
    limit: 'user',
    input: z.strictObject({
      everyMinutes: z.int().min(1).max(60).default(5).meta({
        description: 'Length of the intervals; each has the highest value of every counter',
      }),
    }),
    output: z.object({
      from: instant,
      to: instant,
      samples: z.array(counterSample).max(1_441).meta({ description: 'Oldest first' }),
    }),
  }),
});
