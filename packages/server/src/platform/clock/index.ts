import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';

const MEASURE_EVERY_MS = 10_000;

/** The database's time as known to this node: one clock for all nodes, whatever their own clocks say. */
export interface Clock {
  now(): Date;
  /** How far the database's clock is ahead of this machine's, in milliseconds. */
  offsetMs(): number;
  stop(): void;
}

/** Uses the monotonic clock between measurements, so that changes of the machine's clock have no effect. */
export async function createClock(database: Pick<Database, 'now'>, log: Logger): Promise<Clock> {
  let base = await measure(database);
  const timer = setInterval(() => {
    measure(database).then(
      (measured) => {
        base = measured;
      },
      (error: unknown) =>
        log.debug({ err: error }, 'could not read the database clock; continuing with the last measurement'),
    );
  }, MEASURE_EVERY_MS);
  timer.unref();
  const nowMs = () => base + performance.now();
  return {
    now: () => new Date(nowMs()),
    offsetMs: () => nowMs() - Date.now(),
    stop: () => clearInterval(timer),
  };
}

/** @returns the database's time at the origin of this process's monotonic clock, in epoch milliseconds */
async function measure(database: Pick<Database, 'now'>): Promise<number> {
  const before = performance.now();
  const now = await database.now();
  const after = performance.now();
  return now.getTime() - (before + after) / 2;
}
