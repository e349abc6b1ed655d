import fc from 'fast-check';

/**
 * Any character of Unicode. The arbitrary of fast-check creates a list of them all first, which takes most of a second.
 */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10ffff })
  .filter((point) => point < 0xd800 || point > 0xdfff)
  .map((point) => String.fromCodePoint(point));
