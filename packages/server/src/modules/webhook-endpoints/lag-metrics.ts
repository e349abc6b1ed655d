import type { Clock } from '../../platform/clock/index.ts';
import type { Database } from '../../platform/database/index.ts';
import type { Metric, Sample } from '../../platform/metrics/index.ts';
import { endpointsBehind } from './endpoint-store.ts';
import type { Lag } from './present.ts';
import { lagsOf } from './view.ts';

/** Nobody looks at more, and each costs a few queries. */
const MOST_SHOWN = 100;

/** The lag of endpoints. Those that have caught up are left out, so that there is not a series for each. */
export function lagMetrics({
  clock,
  database: { db },
}: {
  clock: Pick<Clock, 'now'>;
  database: Pick<Database, 'db'>;
}): Metric[] {
  const read = async (numberIn: (lag: Lag) => number): Promise<Sample[]> => {
    const lags = await lagsOf(db, await endpointsBehind(db, MOST_SHOWN));
    return [...lags].map(([endpoint, lag]) => ({ labels: { endpoint }, value: numberIn(lag) }));
  };
  return [
    {
      name: 'atrium_webhook_lag_events',
      help: 'Events that an endpoint was not sent yet; the 100 that have failed for longest, without those that are up to date.',
      type: 'gauge',
      labels: ['endpoint'],
      read: () => read(({ events }) => events),
    },
    {
      name: 'atrium_webhook_lag_seconds',
      help: 'Age of the oldest event that an endpoint was not sent yet.',
      type: 'gauge',
      labels: ['endpoint'],
      read: () =>
        read(({ oldestAt }) =>
          oldestAt === null ? 0 : Math.max(0, clock.now().getTime() - oldestAt.getTime()) / 1_000,
        ),
    },
  ];
}
