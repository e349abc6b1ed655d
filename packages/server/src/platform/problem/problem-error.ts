import { type InputFault, type Problem, type ProblemCode, problems } from '@atrium/protocol';

/** Details besides the code. `current` is the current state, sent with `version_conflict`. */
export interface ProblemDetails {
  detail?: string;
  errors?: InputFault[];
  retryAfterMs?: number;
  current?: unknown;
}

/** A refusal that is reported to the caller. Any other error becomes `internal`. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? problems[code].title);
    this.name = 'ProblemError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return problems[this.code].status;
  }

  /** RFC 9457 problem details. */
  toProblem(requestId?: string): Problem {
    const { status, title } = problems[this.code];
    return {
      type: `urn:atrium:problem:${this.code}`,
      title,
      status,
      code: this.code,
      ...(requestId === undefined ? {} : { requestId }),
      ...this.details,
    };
  }
}

/**
 * Creates a refusal: `throw problem('not_found')`.
 * @param code one of the contract's problem codes
 * @param details a sentence, or the details by name
 */
export function problem(code: ProblemCode, details: string | ProblemDetails = {}): ProblemError {
  return new ProblemError(code, typeof details === 'string' ? { detail: details } : details);
}

/**
 * A refusal whose writes are kept: the transaction commits, then the caller gets the problem. For failed attempts that
 * must be recorded, such as wrong codes or revoked sessions.
 */
export class CommittedProblem extends ProblemError {}
