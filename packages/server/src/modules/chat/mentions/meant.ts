import type { Executor } from '../../../platform/database/index.ts';
import { idsByUsername } from '../../identity/index.ts';
import type { MentionedNames } from './parse.ts';

/** Who is meant by the mentions of one message. */
export interface Meant {
  /** People named in it. */
  named: string[];
  scope: MentionedNames['scope'];
  /** All who are mentioned, by name or with everyone, each once; never the sender. */
  everyone: string[];
}

/**
 * Finds who is meant: of the members of the conversation alone, so that nobody hears of what they cannot see.
 * @param isHere whether someone is connected, for @here
 */
export async function whoIsMeant(
  db: Executor,
  { senderId, mentioned }: { senderId: string; mentioned: MentionedNames | undefined },
  members: ReadonlySet<string>,
  isHere: (userId: string) => boolean,
): Promise<Meant> {
  if (mentioned === undefined) return { named: [], scope: null, everyone: [] };
  const { names, scope } = mentioned;
  const ids = await idsByUsername(db, names);
  const named = names.flatMap((name) => ids.get(name) ?? []).filter((id) => members.has(id));
  const others = scope === null ? [] : [...members].filter((id) => scope === 'channel' || isHere(id));
  const everyone = new Set([...named, ...others]);
  everyone.delete(senderId);
  return { named, scope, everyone: [...everyone].sort() };
}
