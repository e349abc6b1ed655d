import type { WorkspaceRole } from '@atrium/protocol';
import { type ConversationFacts, type ConversationRole, isManager, isStaff } from '../rows/policy.ts';

/** What the rules need to know of somebody who is in a conversation. */
export interface Candidate {
  userId: string;
  role: ConversationRole;
  workspaceRole: WorkspaceRole;
  isBot: boolean;
  joinedAt: Date;
}

function isBefore(one: Candidate, other: Candidate): boolean {
  if (isStaff(one.workspaceRole) !== isStaff(other.workspaceRole)) return isStaff(one.workspaceRole);
  const apart = one.joinedAt.getTime() - other.joinedAt.getTime();
  return apart === 0 ? one.userId < other.userId : apart < 0;
}

/**
 * Who becomes manager because nobody is left who runs the conversation: whoever has been in it longest, of those who work
 * in the workspace if there are any. What admins of the workspace run from outside needs nobody, nor do direct
 * conversations, and bots run nothing for people.
 * @returns undefined: nobody has to, or nobody is there
 */
export function successorOf(
  { kind, visibility }: Pick<ConversationFacts, 'kind' | 'visibility'>,
  members: readonly Candidate[],
): string | undefined {
  if (kind === 'direct' || kind === 'support' || visibility === 'public') return undefined;
  const people = members.filter(({ isBot }) => !isBot);
  const runs = ({ role, workspaceRole }: Candidate) =>
    isManager({ kind, visibility, archived: false, workspaceRole, role });
  if (people.some(runs)) return undefined;
  const [first, ...others] = people;
  return first && others.reduce((best, each) => (isBefore(each, best) ? each : best), first).userId;
}
