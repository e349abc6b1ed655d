import type { Problem, ProblemCode } from '@atrium/protocol';
import { problemCodes } from '@atrium/protocol/routes';

/**
 * Failures without an answer of the server: `network` (no connection, or it broke: the outcome of a command is
 * unknown), `aborted` (the caller's signal), `closed` (the client was closed), `bad_response` (not an Atrium server).
 */
export type LocalCode = 'network' | 'aborted' | 'closed' | 'bad_response';

/** The error of a failed call. `code` is stable: branch on it. */
export class AtriumError extends Error {
  readonly code: ProblemCode | LocalCode;
  /** HTTP status; 0 if the server did not answer. */
  readonly status: number;
  /** The server's problem details; undefined if it did not answer. */
  readonly problem: Problem | undefined;

  constructor(code: ProblemCode | LocalCode, message: string, problem?: Problem, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AtriumError';
    this.code = code;
    this.status = problem?.status ?? 0;
    this.problem = problem;
  }
}

/** The error for a problem from the server. */
export function refusal(problem: Problem): AtriumError {
  return new AtriumError(problem.code, problem.detail ?? problem.title, problem);
}

const codes = new Set(problemCodes);
const isOptional = (value: unknown, type: 'string' | 'number') => value === undefined || typeof value === type;

/** Parses a problem from a response; undefined if it is not one. */
export function readProblem(value: unknown): Problem | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, title, status, code, detail, retryAfterMs } = value as Record<keyof Problem, unknown>;
  const complete = typeof type === 'string' && typeof title === 'string' && Number.isInteger(status);
  const known = typeof code === 'string' && codes.has(code);
  const readable = isOptional(detail, 'string') && isOptional(retryAfterMs, 'number');
  return complete && known && readable ? (value as Problem) : undefined;
}

const TRANSIENT = new Set<string>(['network', 'bad_response', 'unavailable', 'storage_full', 'timeout', 'in_progress']);

/** True if a retry with the same key can succeed without further action. */
export function isTransient(error: unknown): boolean {
  return error instanceof AtriumError && TRANSIENT.has(error.code);
}

/** The delay that the server requires before the next attempt, in milliseconds. */
export function retryAfterMsOf(error: unknown): number | undefined {
  return error instanceof AtriumError ? error.problem?.retryAfterMs : undefined;
}
