import type { SideEffects } from '../../../../test/side-effects.ts';

/** The counters are measured every minute, and while somebody is watching. */
export const sideEffects: SideEffects = { background: { counter_sample: null, instance_counters: null } };
