import { sizes } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import { membershipOf } from '../../workspaces/index.ts';
import { factsOf } from '../rows/access.ts';
import { conversationFor } from '../rows/conversation-store.ts';
import { mayMentionAll } from '../rows/policy.ts';
import { mentionedIds, type ParsedMentions } from './parse.ts';

/** The people whom a message mentions. */
export interface ResolvedMentions {
  /** People named in it. */
  named: string[];
  scope: ParsedMentions['scope'];
  /** Everyone mentioned, by name or by @channel and @here, each once; never the sender. */
  everyone: string[];
}

/** The sender of a mention, and its conversation. */
export interface MentionSource {
  conversationId: string;
  senderId: string;
  mentioned: ParsedMentions | undefined;
}

/** Whether @channel and @here by that person mention everyone there. */
async function mayMentionEveryone(
  db: Executor,
  { conversationId, senderId }: MentionSource,
  members: ReadonlySet<string>,
): Promise<boolean> {
  // Almost always true, without a lookup.
  if (members.size <= sizes.mentionAll) return true;
  const found = await conversationFor(db, conversationId, senderId);
  const membership = found && (await membershipOf(db, found.conversation.workspace_id, senderId));
  if (found === undefined || membership === undefined) return false;
  return mayMentionAll(factsOf({ ...found, workspaceRole: membership.role }), members.size);
}

/**
 * Finds mentioned people among the members of the conversation only, so that nobody is notified of what they cannot
 * see.
 * @param isHere whether a user is connected, for @here
 */
export async function resolveMentions(
  db: Executor,
  saying: MentionSource,
  members: ReadonlySet<string>,
  isHere: (userId: string) => boolean,
): Promise<ResolvedMentions> {
  const { senderId, mentioned } = saying;
  if (mentioned === undefined) return { named: [], scope: null, everyone: [] };
  const scope = mentioned.scope !== null && (await mayMentionEveryone(db, saying, members)) ? mentioned.scope : null;
  const people = [...(mentioned.ids ?? []), ...(await mentionedIds(db, mentioned))];
  const named = [...new Set(people)].filter((id) => members.has(id));
  const others = scope === null ? [] : [...members].filter((id) => scope === 'channel' || isHere(id));
  const everyone = new Set([...named, ...others]);
  everyone.delete(senderId);
  return { named, scope, everyone: [...everyone].sort() };
}
