import type { SideEffects } from '../../../../test/side-effects.ts';

/** Digests are sent by the clock. */
export const sideEffects: SideEffects = { background: { morning_digest: null } };
