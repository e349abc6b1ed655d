import type { SideEffects } from '../../../../test/side-effects.ts';

export const sideEffects: SideEffects = {
  // Everyone who connects or disconnects has a row; only the chosen status is a decision of theirs.
  background: { presence: "nullif((t.chosen, t.chosen_until)::text, '(online,)')" },
  refusal: { presence: null },
};
