import type { ConversationCan, SupportStatus } from '@atrium/protocol';
import { baseCanOf, type ConversationFacts, isManager, isStaff, mayMentionAll } from '../rows/policy.ts';

/** Everything that the rules need to know of a conversation and of the person who asks. */
export interface CanFacts extends ConversationFacts {
  /** How many are in it; counting may stop once more are in it than everyone may mention. */
  members: number;
  /** The status of a support case; null for everything else. */
  status: SupportStatus | null;
  /** Whether the case is assigned to the person who asks. */
  mine: boolean;
}

/** What a person is entitled to with a case, whatever its status. */
export interface CaseRights {
  take: boolean;
  /** Assign it, return it to the queue, close it. */
  handOver: boolean;
}

/** Everyone who works there may take a case; its assignee, and whoever runs it, may pass it on. */
export function caseRightsOf(facts: ConversationFacts & Pick<CanFacts, 'mine'>): CaseRights {
  const staff = isStaff(facts.workspaceRole);
  return { take: staff, handOver: staff && (facts.mine || isManager(facts)) };
}

/** What a person may do with a support case as it stands; nothing with what is no case. */
function caseCanOf(facts: CanFacts): Pick<ConversationCan, 'take' | 'handOver' | 'close' | 'reopen'> {
  const { archived, role, status, workspaceRole } = facts;
  if (status === null || archived) return { take: false, handOver: false, close: false, reopen: false };
  const { take, handOver } = caseRightsOf(facts);
  const isOpen = status !== 'closed';
  const isItsCustomer = workspaceRole === 'customer' && role !== undefined;
  return {
    take: take && status === 'unassigned',
    handOver: handOver && isOpen,
    close: handOver && isOpen,
    reopen: !isOpen && (take || isItsCustomer),
  };
}

/** Everything that a person may do with a conversation; sent with it. */
export function conversationCanOf(facts: CanFacts): ConversationCan {
  const base = baseCanOf(facts);
  return { ...base, mentionAll: base.send && mayMentionAll(facts, facts.members), ...caseCanOf(facts) };
}

/** Whether two sets of facts permit the same. */
export function permitsSame(one: CanFacts, other: CanFacts): boolean {
  const [left, right] = [conversationCanOf(one), conversationCanOf(other)];
  return Object.keys(left).every((key) => left[key as keyof ConversationCan] === right[key as keyof ConversationCan]);
}
