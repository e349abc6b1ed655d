import type { WorkspaceRole } from '@atrium/protocol';
import { type ConversationFacts, type ConversationRole, isManager, isStaff } from '../rows/policy.ts';

/** What the rules depend on: facts about a member. */
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
 * Chooses a manager for a conversation that has none left: the longest-standing member, of the staff if there are any.
 * Conversations that admins of the workspace manage need none, nor do direct conversations, and bots are never chosen.
 * @returns undefined if none is needed, or there is nobody
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
