/** The part of a running timer that determines its time. */
interface Running {
  startedAt: string;
}

/** The data from which the total of a task is computed. */
export interface TotalSource {
  /** Milliseconds of all ended entries. */
  baseMs: number;
  running: readonly Running[];
}

/** The same, reduced to what a tick needs. */
export interface RunningSum {
  baseMs: number;
  /** The number of running timers. */
  count: number;
  /** Σ startedAt, in epoch milliseconds. */
  startedSumMs: number;
  /** The latest startedAt, in epoch milliseconds; 0 without a running timer. */
  latestStartMs: number;
}

/** Adds up the running timers of a task once, so that a tick costs one multiplication. */
export function runningSum({ baseMs, running }: TotalSource): RunningSum {
  const starts = running.map(({ startedAt }) => Date.parse(startedAt));
  return {
    baseMs,
    count: starts.length,
    startedSumMs: starts.reduce((sum, start) => sum + start, 0),
    latestStartMs: Math.max(0, ...starts),
  };
}

/**
 * The total of a task: base + n·now − Σ startedAt, in milliseconds.
 * A timer that started later than the given time counts as not started, so that starting one never lowers the total.
 * @param nowMs the database's clock, in epoch milliseconds
 */
export function totalOfSum({ baseMs, count, latestStartMs, startedSumMs }: RunningSum, nowMs: number): number {
  return baseMs + count * Math.max(nowMs, latestStartMs) - startedSumMs;
}

/** The total of a task at an instant, in milliseconds. */
export function totalAt(source: TotalSource, nowMs: number): number {
  return totalOfSum(runningSum(source), nowMs);
}
