/** Maximum number of consecutive wrong codes of one account... */
export const MAX_FAILURES = 5;
/** ...within this time, counted from the first one. */
const WINDOW_MS = 15 * 60_000;
/** How long a sign-in waits for the second factor. */
export const CHALLENGE_MS = 10 * 60_000;
/** How long a mailed code is valid. */
export const CODE_MS = 5 * 60_000;
/** How soon another code can be mailed for the same sign-in. */
const RESEND_MS = 60_000;
/** How long a new authenticator secret waits for its first code. */
export const PENDING_MS = 15 * 60_000;

/** Wrong codes so far. */
export interface Failures {
  failures: number;
  failures_since: Date | null;
}

/** How long no code may be tried, in ms; 0: one may be tried now. */
export function waitMs({ failures, failures_since }: Failures, now: Date): number {
  if (failures < MAX_FAILURES || failures_since === null) return 0;
  return Math.max(0, failures_since.getTime() + WINDOW_MS - now.getTime());
}

/** The count after one more wrong code. */
export function afterFailure(before: Failures, now: Date): Failures {
  const since = before.failures_since;
  if (since === null || since.getTime() + WINDOW_MS <= now.getTime()) return { failures: 1, failures_since: now };
  return { failures: before.failures + 1, failures_since: since };
}

/** How long until another code can be mailed for a sign-in, in ms; 0: now. */
export function resendWaitMs(sentAt: Date | null, now: Date): number {
  return sentAt === null ? 0 : Math.max(0, sentAt.getTime() + RESEND_MS - now.getTime());
}
