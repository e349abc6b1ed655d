import { sizes } from '@atrium/protocol';

/** Who a text mentions, by the names in it. */
export interface ParsedMentions {
  /** Usernames in lower case, each once. */
  names: readonly string[];
  /** People whom something names that is no person and has no usernames. */
  ids?: readonly string[];
  /** Everyone in the conversation, or everyone of them who is connected; the wider one when both are written. */
  scope: 'here' | 'channel' | null;
}

/** Code is quoted, not said: fenced blocks, then spans. A fence without an end goes on to the end of the text. */
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]+`/g;
/** An @ at the start of a word, then a username; an address, a path or a longer word is none. */
const MENTION = /(?<![\p{L}\p{N}_@./-])@([a-z0-9](?:[a-z0-9._-]{0,28}[a-z0-9])?)(?![\p{L}\p{N}_@])/giu;

/** The names that a text mentions; undefined when there are none, as in nearly every message. */
export function parseMentions(content: string): ParsedMentions | undefined {
  if (!content.includes('@')) return undefined;
  const found = new Set<string>();
  for (const [, name = ''] of content.replace(CODE, ' ').matchAll(MENTION)) found.add(name.toLowerCase());
  const scope = found.has('channel') ? 'channel' : found.has('here') ? 'here' : null;
  found.delete('channel');
  found.delete('here');
  if (found.size === 0 && scope === null) return undefined;
  return { names: [...found].slice(0, sizes.mentionNames), scope };
}
