/** The growth of delays, in milliseconds. */
export interface Backoff {
  baseMs: number;
  maxMs: number;
}

/**
 * Exponential back-off with full jitter: between zero and the limit, so that clients that were disconnected together do
 * not reconnect together.
 * @param attempt 0 for the first delay
 * @param random a number in [0, 1)
 */
export function backoffMs({ baseMs, maxMs }: Backoff, attempt: number, random: number): number {
  return Math.round(random * Math.min(maxMs, baseMs * 2 ** Math.min(attempt, 30)));
}

/** Waits; rejects early with the signal's reason when it is aborted. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', fail);
      resolve();
    }, ms);
    if (signal?.aborted) fail();
    else signal?.addEventListener('abort', fail, { once: true });
  });
}
