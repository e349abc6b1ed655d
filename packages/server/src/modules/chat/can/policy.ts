import type { ConversationCan, SupportStatus } from '@atrium/protocol';
import { baseCanOf, type ConversationFacts, isManager, isStaff, mayMentionAll } from '../rows/policy.ts';

/** What the rules depend on: facts about the conversation and the person. */
export interface CanFacts extends ConversationFacts {
  /** The number of members; counting may stop above the limit for mentioning everyone. */
  members: number;
  /** The status of a support case; null for other conversations. */
  status: SupportStatus | null;
  /** Whether the case is assigned to the person. */
  mine: boolean;
}

/** What a person is entitled to do with a case, whatever its status. */
export interface CaseRights {
  take: boolean;
  /** Assign it, return it to the queue, close it. */
  handOver: boolean;
}

/** All staff may take a case; its assignee and managers may pass it on. */
export function caseRightsOf(facts: ConversationFacts & Pick<CanFacts, 'mine'>): CaseRights {
  const staff = isStaff(facts.workspaceRole);
  return { take: staff, handOver: staff && (facts.mine || isManager(facts)) };
}

/** What a person may do with a support case in its current status; nothing for other conversations. */
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

/** Whether two sets of facts permit the same actions. */
export function permitsSame(one: CanFacts, other: CanFacts): boolean {
  const [left, right] = [conversationCanOf(one), conversationCanOf(other)];
  return Object.keys(left).every((key) => left[key as keyof ConversationCan] === right[key as keyof ConversationCan]);
}
