import { z } from 'zod';

/** A reason to refuse a request. `title` is the same for every occurrence of the code. */
export interface ProblemSpec {
  /** HTTP status. */
  status: number;
  title: string;
}

/** Problems that any operation can answer with, and those of the transports. */
export const coreProblems = {
  invalid_input: { status: 400, title: 'The input is not valid' },
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  invalid_token: { status: 401, title: 'The token is not valid' },
  token_expired: { status: 401, title: 'Token has expired' },
  unverified_email: { status: 403, title: 'The email address is not verified' },
  forbidden: { status: 403, title: 'Not permitted' },
  scope_missing: { status: 403, title: 'The token does not have the required scope' },
  origin_refused: { status: 403, title: 'This origin is not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'This URL does not accept that method' },
  timeout: { status: 408, title: 'The request took too long' },
  conflict: { status: 409, title: 'The change conflicts with the current state' },
  version_conflict: { status: 409, title: 'Someone else has changed this in the meantime' },
  already_done: { status: 409, title: 'This was already done; the response contained a secret and was not stored' },
  in_progress: { status: 409, title: 'The same command is still in progress' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'This content type is not accepted' },
  idempotency_mismatch: { status: 422, title: 'This key was used for another command' },
  rate_limited: { status: 429, title: 'Too many requests' },
  headers_too_large: { status: 431, title: 'The headers are too large' },
  internal: { status: 500, title: 'Something went wrong on the server' },
  unavailable: { status: 503, title: 'Not available right now' },
  storage_full: { status: 503, title: 'The disk is full' },
} as const satisfies Record<string, ProblemSpec>;

/** A fault in the input: its path (`items[0].name`), what is wrong and what is allowed. */
export const inputFault = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type InputFault = z.infer<typeof inputFault>;
