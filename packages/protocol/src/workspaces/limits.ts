import type { LimitClass } from '../core/limits.ts';

export const workspaceLimits = {
  join: { points: 10, seconds: 3600, per: 'user', counts: 'failures' },
  invite: { points: 50, seconds: 3600, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;
