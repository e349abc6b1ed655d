import { mentionWords } from '@atrium/protocol/rules';
import type { Inline } from './nodes.ts';

const SHORTCODE = /(?<![\p{L}\p{N}:]):([a-z0-9_+-]{1,30}):(?![\p{L}\p{N}])/giu;

function splitShortcodes(text: string): Inline[] {
  const nodes: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(SHORTCODE)) {
    if (found.index > end) nodes.push({ kind: 'text', text: text.slice(end, found.index) });
    end = found.index + found[0].length;
    nodes.push({ kind: 'shortcode', name: (found[1] ?? '').toLowerCase() });
  }
  if (end < text.length) nodes.push({ kind: 'text', text: text.slice(end) });
  return nodes;
}

/** Splits plain text into words, mentions and names of emoji. The server finds mentions by the same rule. */
export function splitWords(text: string): Inline[] {
  const nodes: Inline[] = [];
  let last = 0;
  for (const { name, shorter, start, end } of mentionWords(text)) {
    nodes.push(...splitShortcodes(text.slice(last, start)));
    nodes.push({ kind: 'mention', name, text: text.slice(start, end), ...(shorter && { shorter }) });
    last = end;
  }
  return [...nodes, ...splitShortcodes(text.slice(last))];
}
