import { z } from 'zod';

/**
 * Every way a request can be refused: its stable code, HTTP status and title.
 * Clients branch on `code`; `title` never changes with the occasion, `detail` may.
 */
export const problems = {
  invalid_input: { status: 400, title: 'The input is not valid' },
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  unverified_email: { status: 403, title: 'The e-mail address is not verified yet' },
  password_refused: { status: 400, title: 'This password cannot be used' },
  code_wrong: { status: 400, title: 'The code is wrong or has expired' },
  link_wrong: { status: 400, title: 'The link is wrong, was used before, or has expired' },
  password_wrong: { status: 400, title: 'The password is wrong' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  invalid_credentials: { status: 401, title: 'E-mail address or password is wrong' },
  challenge_failed: { status: 401, title: 'The code is wrong, or this sign-in has ended' },
  invalid_token: { status: 401, title: 'The token is not valid' },
  token_expired: { status: 401, title: 'Token has expired' },
  reauthentication_required: { status: 403, title: 'Enter your password, or sign in again' },
  forbidden: { status: 403, title: 'Not permitted' },
  scope_missing: { status: 403, title: 'This token is not made for that' },
  origin_refused: { status: 403, title: 'This origin may not do that' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  timeout: { status: 408, title: 'The request took too long' },
  conflict: { status: 409, title: 'The change clashes with the present state' },
  version_conflict: { status: 409, title: 'Someone else has changed this meanwhile' },
  email_taken: { status: 409, title: 'This e-mail address is taken' },
  username_taken: { status: 409, title: 'This username is taken' },
  already_member: { status: 409, title: 'Already a member' },
  last_sign_in: { status: 409, title: 'The last way to sign in has to stay' },
  last_owner: { status: 409, title: 'The last owner has to stay' },
  archived: { status: 409, title: 'The conversation is archived' },
  in_progress: { status: 409, title: 'The same command is still being carried out' },
  payload_too_large: { status: 413, title: 'The request is too large' },
  unsupported_media_type: { status: 415, title: 'Send JSON' },
  unknown_command: { status: 422, title: 'There is no such command' },
  idempotency_mismatch: { status: 422, title: 'This key was used for another command' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong here' },
  unavailable: { status: 503, title: 'Not available right now' },
  storage_full: { status: 503, title: 'The disk is full' },
} as const satisfies Record<string, { status: number; title: string }>;

/** The stable name of a refusal. */
export type ProblemCode = keyof typeof problems;

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** One fault in the input: where it is (`items[0].name`), what is wrong, what is allowed. */
export const inputFault = z.object({ path: z.string(), code: z.string(), message: z.string() });
export type InputFault = z.infer<typeof inputFault>;

/** RFC 9457 problem details, the same object as a REST body and as `error` in a socket ack. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.enum(codes),
  detail: z.string().optional(),
  requestId: z.string().optional(),
  errors: z.array(inputFault).optional(),
  retryAfterMs: z.int().optional(),
  current: z.unknown().optional().meta({ description: 'The present state, with version_conflict' }),
});
export type Problem = z.infer<typeof problem>;
