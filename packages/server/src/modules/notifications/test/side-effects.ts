import type { SideEffects } from '../../../../test/side-effects.ts';

/** Deliveries are made when they are due, and are announced to devices; mails of theirs follow. */
export const sideEffects: SideEffects = { background: { delivery: null, push_subscription: null } };
