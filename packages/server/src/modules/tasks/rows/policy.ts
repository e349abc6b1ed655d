import type { TaskCan, TaskVisibility, WorkspaceRole } from '@atrium/protocol';
import { isVisitor } from '../../workspaces/index.ts';

/** What the rules need to know of a task and of the person who asks. */
export interface TaskFacts {
  workspaceRole: WorkspaceRole;
  visibility: TaskVisibility;
  isMember: boolean;
  isOwner: boolean;
}

/** True for the roles that work in a workspace; guests and customers only visit it. */
export function isStaff(role: WorkspaceRole): boolean {
  return !isVisitor(role);
}

/** May someone with this role create tasks in a workspace? */
export function mayCreate(role: WorkspaceRole): boolean {
  return isStaff(role);
}

/** May they see the task? Guests and customers see only tasks that they are a member of. */
export function maySee({ visibility, workspaceRole, isMember }: TaskFacts): boolean {
  return isMember || (visibility === 'workspace' && isStaff(workspaceRole));
}

/** May they change it? A customer who is a member may only comment. */
export function mayEdit(facts: TaskFacts): boolean {
  return maySee(facts) && facts.workspaceRole !== 'customer';
}

/** Do they manage it? Its owner does, and the workspace's admins where they see it. */
export function manages(facts: TaskFacts): boolean {
  const { workspaceRole, isOwner } = facts;
  const isAdmin = workspaceRole === 'owner' || workspaceRole === 'admin';
  return maySee(facts) && ((isOwner && isStaff(workspaceRole)) || isAdmin);
}

/**
 * May someone with this role become a member beside the guests and customers who are? A customer sees neither other
 * customers nor guests, so a task has one customer, or guests.
 */
export function mayBeMember(role: WorkspaceRole, visitors: readonly WorkspaceRole[]): boolean {
  if (isStaff(role)) return true;
  return role === 'customer' ? visitors.length === 0 : !visitors.includes('customer');
}

/** What someone who sees a task may do with it; goes out with the task. */
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
