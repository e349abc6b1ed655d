import type { SupportCan, SupportStatus } from '@atrium/protocol';
import { type ConversationFacts, isManager, isStaff } from '../rows/policy.ts';

/** What the rules need to know of a case beside the conversation. */
export interface CaseFacts extends ConversationFacts {
  status: SupportStatus;
  /** Whether the person who asks has it in hand. */
  mine: boolean;
}

/** What a person is entitled to with a case, whatever its status. */
export interface CaseRights {
  take: boolean;
  /** Hand it over, put it back, close it. */
  handOver: boolean;
}

/** Everyone who works there may take a case; whoever has it, and whoever runs it, may pass it on. */
export function caseRightsOf(facts: CaseFacts): CaseRights {
  const staff = isStaff(facts.workspaceRole);
  return { take: staff, handOver: staff && (facts.mine || isManager(facts)) };
}

/** Everything that a person may do with a case as it stands; goes out with it. */
export function supportCanOf(facts: CaseFacts): SupportCan {
  const { take, handOver } = caseRightsOf(facts);
  const { archived, role, status, workspaceRole } = facts;
  const isOpen = !archived && status !== 'closed';
  const isItsCustomer = workspaceRole === 'customer' && role !== undefined;
  return {
    take: take && isOpen && status === 'unassigned',
    handOver: handOver && isOpen,
    close: handOver && isOpen,
    reopen: (take || isItsCustomer) && !archived && status === 'closed',
  };
}

/** What becomes of a case when its customer writes again: back to whoever had it, if they still can. */
export function reopened(formerAssignee: string | null): { status: SupportStatus; assigneeId: string | null } {
  return { status: formerAssignee === null ? 'unassigned' : 'assigned', assigneeId: formerAssignee };
}
