import type { SideEffects } from '../../../../test/side-effects.ts';

/** When people last did something is saved from time to time. */
export const sideEffects: SideEffects = { background: { last_action: null } };
