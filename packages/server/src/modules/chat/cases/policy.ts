import type { SupportStatus } from '@atrium/protocol';

/** The status of a case when its customer writes again: assigned to the former assignee, if they can still have it. */
export function reopened(formerAssignee: string | null): { status: SupportStatus; assigneeId: string | null } {
  return { status: formerAssignee === null ? 'unassigned' : 'assigned', assigneeId: formerAssignee };
}
