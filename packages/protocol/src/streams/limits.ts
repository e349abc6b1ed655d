import type { LimitClass } from '../core/limits.ts';

export const streamLimits = {
  sync: { points: 600, seconds: 60, per: 'user', counts: 'calls' },
  /** One per window that opens, or resumes after a long absence. */
  snapshot: { points: 30, seconds: 60, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const streamSizes = {
  /** Streams in one `resume`, so that the command fits into one packet. */
  resumeStreams: 500,
  /** Events in one page of `resume` or `sync`. */
  syncPage: 500,
  /** Events that a client may miss before it must start over from a snapshot. */
  syncLag: 2_000,
} as const;
