import type { SideEffects } from '../../../../test/side-effects.ts';

/** The index follows what was written, a moment later. */
export const sideEffects: SideEffects = {
  background: { search_entry: null, search_position: null },
};
