const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Delays after each failed attempt: about three days in total, close to the recommendation of Standard Webhooks. */
const LADDER_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
/** Attempts after which an event that causes an error no longer blocks the following ones. */
const REFUSED_ATTEMPTS = 6;
/** An endpoint that has accepted nothing for so long is disabled. */
export const FAILING_MS = 72 * HOUR_MS;
/**
 * Each delay is lengthened by up to this fraction, so that the endpoints of one dead server are not retried together.
 */
const JITTER = 0.2;

/** The response of an endpoint's server; null: none. */
export interface Attempted {
  status: number | null;
  retryAfterMs?: number | undefined;
}

/**
 * What to do after an attempt. `failed`: skip this event and continue. `gone` and `failing`: disable the endpoint; its
 * events wait.
 */
export type Verdict =
  | { state: 'delivered' }
  | { state: 'retry'; afterMs: number }
  | { state: 'failed' | 'gone' | 'failing' };

/** Statuses that say nothing about the event, only that the server is unreachable or busy. */
function isAway(status: number | null): boolean {
  return status === null || [408, 425, 429, 502, 503, 504].includes(status);
}

/**
 * @param attempts attempts for this event, including this one
 * @param failingForMs time since the first of the consecutive failures
 * @param random from 0 to 1
 */
export function verdictOn(
  { status, retryAfterMs = 0 }: Attempted,
  { attempts, failingForMs, random }: { attempts: number; failingForMs: number; random: number },
): Verdict {
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered' };
  if (status === 410) return { state: 'gone' };
  if (failingForMs >= FAILING_MS) return { state: 'failing' };
  if (!isAway(status) && attempts >= REFUSED_ATTEMPTS) return { state: 'failed' };
  const step = LADDER_MS[Math.min(attempts, LADDER_MS.length) - 1] ?? 0;
  return { state: 'retry', afterMs: Math.max(Math.round(step * (1 + JITTER * random)), retryAfterMs) };
}
