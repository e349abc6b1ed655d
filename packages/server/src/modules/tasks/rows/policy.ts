import type { TaskCan, TaskVisibility, WorkspaceRole } from '@atrium/protocol';
import { isVisitor } from '../../workspaces/index.ts';

/** What the rules depend on: facts about the task and the person. */
export interface TaskFacts {
  workspaceRole: WorkspaceRole;
  visibility: TaskVisibility;
  isMember: boolean;
  isOwner: boolean;
}

/** True for the roles that work in a workspace; guests and customers are visitors. */
export function isStaff(role: WorkspaceRole): boolean {
  return !isVisitor(role);
}

/** Whether this role may create tasks in a workspace. */
export function mayCreate(role: WorkspaceRole): boolean {
  return isStaff(role);
}

/** Whether the person sees the task. Guests and customers see only tasks that they are a member of. */
export function maySee({ visibility, workspaceRole, isMember }: TaskFacts): boolean {
  return isMember || (visibility === 'workspace' && isStaff(workspaceRole));
}

/** Whether the person may change the task. A customer who is a member may only comment. */
export function mayEdit(facts: TaskFacts): boolean {
  return maySee(facts) && facts.workspaceRole !== 'customer';
}

/** Whether the person manages the task. Its owner does, and so do admins of the workspace who see it. */
export function manages(facts: TaskFacts): boolean {
  const { workspaceRole, isOwner } = facts;
  const isAdmin = workspaceRole === 'owner' || workspaceRole === 'admin';
  return maySee(facts) && ((isOwner && isStaff(workspaceRole)) || isAdmin);
}

/**
 * Whether this role may become a member beside the current guests and customers. A customer sees neither other
 * customers nor guests, so a task has either one customer or guests.
 */
export function mayBeMember(role: WorkspaceRole, visitors: readonly WorkspaceRole[]): boolean {
  if (isStaff(role)) return true;
  return role === 'customer' ? visitors.length === 0 : !visitors.includes('customer');
}

/** What a person who sees a task may do with it; sent with the task. */
export function taskCanOf(facts: TaskFacts): TaskCan {
  const { workspaceRole, isMember } = facts;
  const edits = mayEdit(facts);
  const runs = manages(facts);
  return {
    update: edits,
    comment: isMember,
    addMembers: edits && isStaff(workspaceRole),
    removeMembers: runs,
    join: edits && isStaff(workspaceRole) && !isMember,
    leave: isMember,
    track: isMember && workspaceRole !== 'customer',
    manage: runs,
    delete: runs,
  };
}
