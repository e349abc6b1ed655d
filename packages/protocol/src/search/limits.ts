import type { LimitClass } from '../core/limits.ts';

export const searchLimits = {
  search: { points: 120, seconds: 60, per: 'user', counts: 'calls' },
} as const satisfies Record<string, LimitClass>;
