import type { SearchMark } from '@atrium/protocol';

const LINK = /\bhttps?:\/\/\S/iu;

/** The term of a mark. No word begins like that, since `_` is not part of any. */
export function markTerm(mark: SearchMark): string {
  return `_${mark}`;
}

/** The terms of everything that a message has beside its words. */
export function markTerms(text: string, marks: readonly SearchMark[]): string[] {
  return [...marks, ...(LINK.test(text) ? (['link'] as const) : [])].map(markTerm);
}
