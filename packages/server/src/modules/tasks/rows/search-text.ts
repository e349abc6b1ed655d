import { fold } from '../../search/index.ts';

/** Characters of a text that are searched. */
const MOST = 11_000;
const GRAM = 3;

/** Text as it is compared in searches. */
export function foldedText(...parts: readonly string[]): string {
  return fold(parts.join(' ')).replace(/\s+/g, ' ').slice(0, MOST);
}

/** All threes of neighbouring characters of folded text, each once; fewer characters have none. */
export function gramsOf(folded: string): string[] {
  const characters = [...folded];
  const grams = new Set<string>();
  for (let at = 0; at + GRAM <= characters.length; at += 1) grams.add(characters.slice(at, at + GRAM).join(''));
  return [...grams];
}
