import type { SupportStatus } from '@atrium/protocol';

/** What becomes of a case when its customer writes again: back to whoever had it, if they still can. */
export function reopened(formerAssignee: string | null): { status: SupportStatus; assigneeId: string | null } {
  return { status: formerAssignee === null ? 'unassigned' : 'assigned', assigneeId: formerAssignee };
}
