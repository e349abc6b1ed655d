const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** Waits after each failed attempt: about three days in all, close to what Standard Webhooks recommends. */
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
/** Attempts after which an event that the server answers with an error no longer holds up those behind it. */
const REFUSED_ATTEMPTS = 6;
/** An endpoint that has not taken anything for so long is disabled. */
export const FAILING_MS = 72 * HOUR_MS;
/** Each wait is made longer by up to this part of it, so that endpoints of one dead server are not tried at once. */
const JITTER = 0.2;

/** How the server of an endpoint answered; null: it did not. */
export interface Attempted {
  status: number | null;
  retryAfterMs?: number | undefined;
}

/**
 * What to do after an attempt. `failed`: give up this event and go on. `gone` and `failing`: disable the endpoint; its
 * events wait.
 */
export type Verdict =
  | { state: 'delivered' }
  | { state: 'retry'; afterMs: number }
  | { state: 'failed' | 'gone' | 'failing' };

/** Answers that say nothing about the event, only that the server cannot be reached or is busy. */
function isAway(status: number | null): boolean {
  return status === null || [408, 425, 429, 502, 503, 504].includes(status);
}

/**
 * @param attempts of this event, this one included
 * @param failingForMs since the first of the failures in a row
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
