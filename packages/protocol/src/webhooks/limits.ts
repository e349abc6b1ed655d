import type { LimitClass, ThingLimit } from '../core/limits.ts';

export const webhookLimits = {
  hook: { points: 60, seconds: 60, per: 'ip', counts: 'failures' },
} as const satisfies Record<string, LimitClass>;

export const webhookThingLimits = {
  /** Messages from one webhook. */
  webhook: { points: 10, seconds: 10 },
} as const satisfies Record<string, ThingLimit>;
