import { sizes } from '@atrium/protocol';
import { mentionWords } from '@atrium/protocol/rules';
import type { Executor } from '../../../platform/database/index.ts';
import { idsByUsername } from '../../identity/index.ts';
import { spokenText } from './spoken.ts';

/** The people whom a text mentions, by name. */
export interface ParsedMentions {
  /** Lower-case usernames, each once. */
  names: readonly string[];
  /** The shorter name to try if nobody has a name. */
  shorter?: ReadonlyMap<string, string>;
  /** People whom a webhook or another non-person sender names by id. */
  ids?: readonly string[];
  /** Everyone in the conversation, or every connected member; the former if both are given. */
  scope: 'here' | 'channel' | null;
}

const isScope = (name: string | undefined): name is 'here' | 'channel' => name === 'here' || name === 'channel';

/** Parses the mentions in a text; undefined if there are none, as in nearly every message. */
export function parseMentions(content: string): ParsedMentions | undefined {
  if (!content.includes('@')) return undefined;
  const names = new Set<string>();
  const shorter = new Map<string, string>();
  const scopes = new Set<string>();
  for (const { name, shorter: cut } of mentionWords(spokenText(content))) {
    const scope = [name, cut].find(isScope);
    if (scope !== undefined) scopes.add(scope);
    else if (names.size < sizes.mentionNames) names.add(name);
    if (cut !== undefined && names.has(name)) shorter.set(name, cut);
  }
  if (names.size === 0 && scopes.size === 0) return undefined;
  const scope = scopes.has('channel') ? 'channel' : scopes.has('here') ? 'here' : null;
  return { names: [...names], ...(shorter.size > 0 && { shorter }), scope };
}

/** The ids of the people with these names, in the conversation or not. */
export async function mentionedIds(
  db: Executor,
  { names, shorter }: Pick<ParsedMentions, 'names' | 'shorter'>,
): Promise<string[]> {
  const ids = await idsByUsername(db, [...names, ...(shorter?.values() ?? [])]);
  return [...new Set(names.flatMap((name) => ids.get(name) ?? ids.get(shorter?.get(name) ?? '') ?? []))];
}
