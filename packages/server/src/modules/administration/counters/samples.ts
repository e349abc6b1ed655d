import type { Log } from '../../../platform/log/index.ts';
import { hasSample, insertSample, pruneSamples, thinSamples } from '../rows/sample-store.ts';
import { type CurrentDeps, currentCounters } from './current.ts';

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
const DAY_MS = 86_400_000;
const KEPT_DAYS = 31;
/** Several times a minute, so that another node takes the sample if one is down. */
const LOOK_MS = 20_000;

const floorTo = (ms: number, stepMs: number) => new Date(Math.floor(ms / stepMs) * stepMs);

/** Takes the sample of this minute, unless it exists. */
export async function takeSample(deps: CurrentDeps): Promise<void> {
  const at = floorTo(deps.clock.now().getTime(), MINUTE_MS);
  if (await hasSample(deps.db, at)) return;
  await insertSample(deps.db, { ...(await currentCounters(deps)), at });
}

/** Keeps samples per minute for a day, and per quarter of an hour for a month. */
export async function tidySamples({ clock, db }: Pick<CurrentDeps, 'clock' | 'db'>): Promise<void> {
  const now = clock.now().getTime();
  await thinSamples(db, floorTo(now - DAY_MS - QUARTER_MS, QUARTER_MS));
  await pruneSamples(db, new Date(now - KEPT_DAYS * DAY_MS));
}

/** Takes one sample per minute for all nodes. @returns a function that stops it */
export function startSampling(deps: CurrentDeps & { log: Pick<Log, 'warn'> }): () => Promise<void> {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = takeSample(deps).catch((error: unknown) =>
      deps.log.warn({ err: error }, 'could not take a sample of the counters; trying again'),
    );
  }, LOOK_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    return running;
  };
}
