import type { Inline } from './nodes.ts';

/** An @ at the start of a word, then a username, or a :shortcode:. The server finds mentions by the same rule. */
const SPECIAL =
  /(?<![\p{L}\p{N}_@./-])@(?<mention>[a-z0-9](?:[a-z0-9._-]{0,28}[a-z0-9])?)(?![\p{L}\p{N}_@])|(?<![\p{L}\p{N}:]):(?<shortcode>[a-z0-9_+-]{1,30}):(?![\p{L}\p{N}])/giu;

/** Splits plain text into words, mentions and names of emoji. */
export function splitWords(text: string): Inline[] {
  const nodes: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(SPECIAL)) {
    const { mention, shortcode } = found.groups ?? {};
    if (found.index > end) nodes.push({ kind: 'text', text: text.slice(end, found.index) });
    end = found.index + found[0].length;
    if (mention !== undefined) nodes.push({ kind: 'mention', name: mention.toLowerCase(), text: found[0] });
    else if (shortcode !== undefined) nodes.push({ kind: 'shortcode', name: shortcode.toLowerCase() });
  }
  if (end < text.length) nodes.push({ kind: 'text', text: text.slice(end) });
  return nodes;
}
