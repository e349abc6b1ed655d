import { generateKeyBetween } from 'fractional-indexing';

/** Maximum length of a rank up to which cards can be inserted without changing their neighbours. */
export const LONGEST_RANK = 450;

/**
 * A rank between two others; null if there is none on that side.
 * @returns undefined if it would be too long
 */
export function rankBetween(before: string | null, after: string | null): string | undefined {
  const rank = generateKeyBetween(before, after);
  return rank.length > LONGEST_RANK ? undefined : rank;
}
