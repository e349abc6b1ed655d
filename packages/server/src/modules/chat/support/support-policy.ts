import type { SupportStatus } from '@atrium/protocol';
import { type ConversationFacts, isManager, isStaff } from '../policy.ts';

/** What the rules need to know of a case beside the conversation. */
export interface CaseFacts extends ConversationFacts {
  status: SupportStatus;
  /** Whether the person who asks has it in hand. */
  mine: boolean;
}

/** What a person may do with a case. Whether its status allows it is asked separately. */
export interface CaseCan {
  take: boolean;
  /** Hand it over, put it back, close it. */
  handOver: boolean;
}

/** Everyone who works there may take a case; whoever has it, and whoever runs it, may pass it on. */
export function caseCanOf(facts: CaseFacts): CaseCan {
  const staff = isStaff(facts.workspaceRole);
  return { take: staff, handOver: staff && (facts.mine || isManager(facts)) };
}

/** What becomes of a case when its customer writes again: back to whoever had it, if they still can. */
export function reopened(formerAssignee: string | null): { status: SupportStatus; assigneeId: string | null } {
  return { status: formerAssignee === null ? 'unassigned' : 'assigned', assigneeId: formerAssignee };
}
