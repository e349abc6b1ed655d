import type { SideEffects } from '../../../../test/side-effects.ts';

/** The counters are measured while somebody watches them, and every minute. */
export const sideEffects: SideEffects = { background: { counter_sample: null, instance_counters: null } };
