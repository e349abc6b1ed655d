import { counters } from '@atrium/protocol';
import { read } from '../../../platform/module/index.ts';
import { samplesBetween } from '../rows/sample-store.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** The last 24 hours in intervals that start at multiples of their length. */
export const historyOperation = read(counters.history, async ({ db, input: { everyMinutes }, now }) => {
  const stepMs = everyMinutes * MINUTE_MS;
  const from = new Date(Math.ceil((now.getTime() - DAY_MS) / stepMs) * stepMs);
  const samples = await samplesBetween(db, { from, to: now, everyMinutes });
  return {
    from: from.toISOString(),
    to: now.toISOString(),
    samples: samples.map(({ at, ...figures }) => ({ at: at.toISOString(), ...figures })),
  };
});
