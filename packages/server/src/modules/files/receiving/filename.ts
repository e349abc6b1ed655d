import { characters, isStorableText, sizes } from '@atrium/protocol';

/** Control characters, line separators, and those that make a name read in another order than it is written. */
const MISLEADING = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** What is wrong with a file name; undefined if nothing is. */
export function filenameFault(name: string): string | undefined {
  if (name.trim() === '') return 'A file needs a name.';
  if (characters(name) > sizes.filename) return `A file name has at most ${sizes.filename} characters.`;
  if (!isStorableText(name) || MISLEADING.test(name)) return 'A file name must not contain control characters.';
  return undefined;
}
