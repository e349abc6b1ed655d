import type { CounterSample, InstanceCounters } from '@atrium/protocol';
import { useEffect } from 'react';
import { client } from '../../live/client.ts';
import { queries } from '../../live/queries.ts';
import { useLive } from '../../live/use-live.ts';
import { useOperation } from '../../live/use-operation.ts';

/** The time between two points of the history. */
export const STEP_MINUTES = 5;
const STEP_MS = STEP_MINUTES * 60_000;

/** The counters of the instance as they move, and their last 24 hours. */
export function useCounters(): {
  now: InstanceCounters | undefined;
  history: { from: number; to: number; samples: readonly CounterSample[] } | undefined;
  error: unknown;
  retry: () => void;
} {
  useEffect(() => client.watchCounters(), []);
  const isOnline = useLive(({ connection }) => connection === 'online');
  const counters = useLive((state) => state.counters);
  const { data, error, refetch } = useOperation('counters.history', { everyMinutes: STEP_MINUTES });
  const interval = counters && Math.floor(Date.parse(counters.at) / STEP_MS);
  const known = data && Math.floor(Date.parse(data.to) / STEP_MS);
  useEffect(() => {
    // The counters have gone on to an interval that the history does not have.
    if (interval === undefined || known === undefined || interval <= known) return;
    void queries.invalidateQueries({ queryKey: ['counters.history'] });
  }, [interval, known]);
  const to = Math.max(Date.parse(data?.to ?? ''), counters ? Date.parse(counters.at) : 0);
  return {
    now: isOnline ? counters : undefined,
    history: data && { from: Date.parse(data.from), to, samples: data.samples },
    error,
    retry: () => void refetch(),
  };
}
