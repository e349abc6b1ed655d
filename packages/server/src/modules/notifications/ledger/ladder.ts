const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Three quick attempts, then slow ones: the receiver may be down for hours. */
const LADDER_MS = [10 * SECOND_MS, 30 * SECOND_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 120 * MINUTE_MS];

/** How long to wait after this many failed attempts, in ms; the last step repeats. */
export function retryDelayMs(attempts: number): number {
  return LADDER_MS[Math.min(Math.max(attempts, 1), LADDER_MS.length) - 1] ?? 0;
}
