import { type Problem, type ProblemCode, problem as problemSchema } from '@atrium/protocol';

/**
 * What can go wrong before the server has answered: `network` (no connection, or it broke: the outcome of a command is
 * unknown), `aborted` (the caller's signal), `closed` (the client was closed), `bad_response` (not an Atrium server).
 */
export type LocalCode = 'network' | 'aborted' | 'closed' | 'bad_response';

/** Every failure of a call. `code` is stable: branch on it. */
export class AtriumError extends Error {
  readonly code: ProblemCode | LocalCode;
  /** HTTP status; 0 when the server did not answer. */
  readonly status: number;
  /** What the server said, word for word; undefined when it did not answer. */
  readonly problem: Problem | undefined;

  constructor(code: ProblemCode | LocalCode, message: string, problem?: Problem, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AtriumError';
    this.code = code;
    this.status = problem?.status ?? 0;
    this.problem = problem;
  }
}

/** The error of a refusal that the server has given. */
export function refusal(problem: Problem): AtriumError {
  return new AtriumError(problem.code, problem.detail ?? problem.title, problem);
}

/** Reads a refusal out of whatever came back; undefined if it is none. */
export function readProblem(value: unknown): Problem | undefined {
  const parsed = problemSchema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}

const TRANSIENT = new Set<string>(['network', 'bad_response', 'unavailable', 'storage_full', 'timeout', 'in_progress']);

/** True when the same command, sent again with the same key, can still succeed without anyone doing anything. */
export function isTransient(error: unknown): boolean {
  return error instanceof AtriumError && TRANSIENT.has(error.code);
}

/** How long the server asks to wait before the next try, in milliseconds. */
export function retryAfterMsOf(error: unknown): number | undefined {
  return error instanceof AtriumError ? error.problem?.retryAfterMs : undefined;
}
