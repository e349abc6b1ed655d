import type { SideEffects } from '../../../../test/side-effects.ts';

/** The times of users' last actions are saved periodically. */
export const sideEffects: SideEffects = { background: { last_action: null } };
