const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Delays after failed attempts: three quick attempts, then slow ones, of which the last repeats. */
export const MAIL_LADDER_MS: readonly number[] = [
  2 * SECOND_MS,
  8 * SECOND_MS,
  5 * MINUTE_MS,
  30 * MINUTE_MS,
  120 * MINUTE_MS,
];

/** Maximum jitter as a fraction of the delay, so that mails are not all sent at once. */
const JITTER = 0.1;

/**
 * How long to wait before the next attempt, in ms.
 * @param attempts the number of failed attempts, at least 1
 */
export function nextAttemptMs(attempts: number, ladder = MAIL_LADDER_MS, random = Math.random()): number {
  const step = ladder[Math.min(Math.max(attempts, 1), ladder.length) - 1] ?? 0;
  return Math.round(step * (1 + JITTER * (2 * random - 1)));
}
