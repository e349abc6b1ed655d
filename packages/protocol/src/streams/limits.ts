import type { LimitClass } from '../core/limits.ts';

export const streamLimits = {
  sync: { points: 600, seconds: 60, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;

export const streamSizes = {
  /** Streams named in one `resume`: so many fit into one packet. */
  resumeStreams: 500,
  /** Events in one page of `resume` or `sync`. */
  syncPage: 500,
  /** Events a client may lag behind before it is told to start over. */
  syncLag: 2_000,
} as const;
