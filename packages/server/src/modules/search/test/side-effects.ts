import type { SideEffects } from '../../../../test/side-effects.ts';

/** The index is updated a moment after a message was written. */
export const sideEffects: SideEffects = {
  background: { search_entry: null, search_position: null },
};
