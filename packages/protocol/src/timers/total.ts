/** One running timer, as far as its time goes. */
interface Running {
  startedAt: string;
}

/** What the total of a task is computed from. */
export interface TotalSource {
  /** Milliseconds of everything that has ended. */
  baseMs: number;
  running: readonly Running[];
}

/** The same, reduced to what a tick needs. */
export interface RunningSum {
  baseMs: number;
  /** How many timers run. */
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
 * A clock that is behind the latest start counts that timer as not begun, so that starting one never lowers the total.
 * @param nowMs the database's clock, in epoch milliseconds
 */
export function totalOfSum({ baseMs, count, latestStartMs, startedSumMs }: RunningSum, nowMs: number): number {
  return baseMs + count * Math.max(nowMs, latestStartMs) - startedSumMs;
}

/** The total of a task at an instant, in milliseconds. */
export function totalAt(source: TotalSource, nowMs: number): number {
  return totalOfSum(runningSum(source), nowMs);
}
