/** A user's time on the current day. */
export interface Today {
  /** Milliseconds of today's entries that have ended. */
  endedMs: number;
  /** When timers started, in epoch milliseconds; earlier starts count from the beginning of the day. */
  runningSince: readonly number[];
}

/**
 * When the time of a day reached its cap, calculated back from now; undefined if it has not.
 * @param nowMs epoch milliseconds
 * @returns epoch milliseconds
 */
export function capReachedAt({ endedMs, runningSince }: Today, capMs: number, nowMs: number): number | undefined {
  const starts = [...runningSince].sort((one, other) => other - one);
  let over = starts.reduce((sum, start) => sum + (nowMs - start), endedMs) - capMs;
  if (over < 0 || starts.length === 0) return undefined;
  let at = nowMs;
  for (const [later, start] of starts.entries()) {
    // Number of timers that run between this start and `at`.
    const count = starts.length - later;
    const ms = Math.min(at - start, over / count);
    at -= ms;
    over -= ms * count;
    if (over <= 0) break;
  }
  return Math.ceil(at);
}
