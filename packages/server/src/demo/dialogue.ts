/** The two who talk. */
export type Speaker = 'Ann' | 'Ben';

/** While both are there. */
export const OPENING: [Speaker, string][] = [
  ['Ann', 'Morning! Did the beans come up?'],
  ['Ben', 'Nine out of ten. The tenth is thinking about it.'],
  ['Ann', 'Then I take the net off before the sun gets to it.'],
  ['Ben', 'Wait, I am walking over. The tunnel has no signal, back in a moment.'],
];

/** While Ben's connection is cut. */
export const MEANWHILE = ['The net is off.', 'And there is a hedgehog in bed 3.', 'It is asleep, so no hurry.'];

/** After his return. */
export const CLOSING: [Speaker, string][] = [
  ['Ben', 'All three at once, in the right order. Do not wake it.'],
  ['Ann', 'It has a name now: Tenth Bean.'],
];
