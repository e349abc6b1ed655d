import { generateKeyBetween } from 'fractional-indexing';

/** Characters of a rank up to which cards are put between others without touching those. */
export const LONGEST_RANK = 450;

/**
 * A rank between two others; null: there is none on that side.
 * @returns undefined when it would be too long
 */
export function rankBetween(before: string | null, after: string | null): string | undefined {
  const rank = generateKeyBetween(before, after);
  return rank.length > LONGEST_RANK ? undefined : rank;
}
