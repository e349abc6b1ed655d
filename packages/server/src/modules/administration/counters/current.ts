import type { InstanceCounters } from '@atrium/protocol';
import { claimMeasurement, latestCounters, saveCounters } from '../rows/counter-store.ts';
import { type CounterSources, measureCounters } from './measure.ts';

/** How often the counters are measured while somebody is watching. */
export const MEASURE_MS = 2_000;
/** A claim may come this much before the end of the interval, since timers are not exact. */
const EARLY_MS = 200;
/** Older values are not shown as current. */
const STALE_MS = 3 * MEASURE_MS;

export interface CurrentDeps extends CounterSources {
  clock: { now(): Date };
}

/** The current counters, measured by one node for all, at most once per interval. */
export async function currentCounters(deps: CurrentDeps): Promise<InstanceCounters> {
  const { db } = deps;
  const now = deps.clock.now();
  if (!(await claimMeasurement(db, now, MEASURE_MS - EARLY_MS))) {
    const latest = await latestCounters(db);
    if (latest !== undefined && now.getTime() - Date.parse(latest.at) < STALE_MS) return latest;
  }
  const counters = await measureCounters(deps, now);
  await saveCounters(db, counters);
  return counters;
}
