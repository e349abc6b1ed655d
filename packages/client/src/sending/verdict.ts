import { AtriumError, isTransient, retryAfterMsOf } from '../error.ts';

/** The consequence of a failed delivery. */
export type Verdict = { refused: true } | { refused: false; waitMs: number };

/** Number of server errors after which a message is given up. */
const MOST_INTERNAL = 5;
/** Until somebody signs in or connects again. */
const WITHOUT_SESSION_MS = 5_000;

/**
 * Whether a message may still succeed automatically. Only a refusal of the message itself is final: rate limits, a lost
 * connection, an expired session and a stopping server are temporary.
 * @param failures the number of consecutive earlier failures
 */
export function verdictOn(error: unknown, failures: number): Verdict {
  if (!(error instanceof AtriumError)) return { refused: true };
  if (error.code === 'rate_limited') return { refused: false, waitMs: retryAfterMsOf(error) ?? 1_000 };
  if (isTransient(error)) return { refused: false, waitMs: retryAfterMsOf(error) ?? 0 };
  if (
    error.code === 'closed' ||
    error.code === 'unauthenticated' ||
    error.code === 'token_expired' ||
    error.code === 'invalid_token'
  ) {
    return { refused: false, waitMs: WITHOUT_SESSION_MS };
  }
  if (error.code === 'internal' && failures < MOST_INTERNAL) return { refused: false, waitMs: 0 };
  return { refused: true };
}
