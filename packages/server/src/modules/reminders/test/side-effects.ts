import type { SideEffects } from '../../../../test/side-effects.ts';

/** Digests are sent at set times. */
export const sideEffects: SideEffects = { background: { morning_digest: null } };
