import type { SideEffects } from '../../../../test/side-effects.ts';

export const sideEffects: SideEffects = {
  // Whoever connects or is away for a while has a row; only what they chose is a decision of theirs.
  background: { presence: "nullif((t.chosen, t.chosen_until)::text, '(online,)')" },
  refusal: { presence: null },
};
