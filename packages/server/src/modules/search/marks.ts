import type { SearchMark } from '@atrium/protocol';

const LINK = /\bhttps?:\/\/\S/iu;

/** The term of a mark. No word equals it, because words contain no `_`. */
export function markTerm(mark: SearchMark): string {
  return `_${mark}`;
}

/** The terms of a message besides its words. */
export function markTerms(text: string, marks: readonly SearchMark[]): string[] {
  return [...marks, ...(LINK.test(text) ? (['link'] as const) : [])].map(markTerm);
}
