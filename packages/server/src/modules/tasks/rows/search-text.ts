import { fold } from '../../search/index.ts';

/** How many characters of a text are searched. */
const MOST = 11_000;
const GRAM = 3;

/** Folds text for comparison in searches. */
export function foldedText(...parts: readonly string[]): string {
  return fold(parts.join(' ')).replace(/\s+/g, ' ').slice(0, MOST);
}

/** All trigrams of folded text, each once; text with fewer than three characters has none. */
export function gramsOf(folded: string): string[] {
  const characters = [...folded];
  const grams = new Set<string>();
  for (let at = 0; at + GRAM <= characters.length; at += 1) grams.add(characters.slice(at, at + GRAM).join(''));
  return [...grams];
}
