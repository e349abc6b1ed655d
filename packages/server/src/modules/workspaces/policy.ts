import type { WorkspaceCan, WorkspaceRole } from '@atrium/protocol';

/** Maximum number of workspaces per user; together with their conversations this is within the limits of `resume`. */
export const MAX_WORKSPACES = 50;
/** Maximum number of members per workspace. */
export const MAX_MEMBERS = 10_000;
/** Maximum number of unused invitations per workspace. */
export const MAX_OPEN_INVITES = 1_000;
/** Maximum number of bots per workspace. */
export const MAX_BOTS = 50;
/** How long a mailed invitation is valid. */
export const INVITE_DAYS = 14;

/** The facts about a workspace. */
export interface WorkspaceFacts {
  /** The account whose personal workspace it is, or null. */
  personalOf: string | null;
}

/** A member and their role. */
export interface WithRole {
  userId: string;
  role: WorkspaceRole;
}

/** True for the roles that manage a workspace. */
export function isAdmin(role: WorkspaceRole): boolean {
  return role === 'owner' || role === 'admin';
}

/** True for guests and customers; all other roles are staff. */
export function isVisitor(role: WorkspaceRole): boolean {
  return role === 'guest' || role === 'customer';
}

/**
 * Whether a member sees another: in lists, by name, with their presence. Staff see everyone; guests see people with
 * whom they share a conversation; customers see only the staff among these. Everyone sees themselves.
 * @param shares whether the two share a conversation in that workspace
 */
export function maySee(viewer: WorkspaceRole, other: WorkspaceRole, shares: boolean): boolean {
  if (!isVisitor(viewer)) return true;
  return shares && !(viewer === 'customer' && isVisitor(other));
}

/** The owner of a personal workspace stays in it as its owner. */
function isBound(workspace: WorkspaceFacts, target: WithRole): boolean {
  return workspace.personalOf === target.userId;
}

/** Admins manage all roles below owner; only owners manage owners. */
function manages(actor: WorkspaceRole, target: WorkspaceRole): boolean {
  return actor === 'owner' || (actor === 'admin' && target !== 'owner');
}

/** Whether `actor` may give `target` the role `role`. Whether an owner is left is checked separately. */
export function mayChangeRole(
  actor: WorkspaceRole,
  target: WithRole,
  role: WorkspaceRole,
  workspace: WorkspaceFacts,
): boolean {
  return manages(actor, target.role) && manages(actor, role) && !isBound(workspace, target);
}

/** Whether `actor` may remove `target`. Whether an owner is left is checked separately. */
export function mayRemove(actor: WorkspaceRole, target: WithRole, workspace: WorkspaceFacts): boolean {
  return manages(actor, target.role) && !isBound(workspace, target);
}

/** Whether this person may leave. Whether an owner is left is checked separately. */
export function mayLeave(leaver: WithRole, workspace: WorkspaceFacts): boolean {
  return !isBound(workspace, leaver);
}

/**
 * True when a change would leave the workspace without an owner.
 * @param owners the number before the change
 * @param after the new role; undefined if the person is removed
 */
export function losesLastOwner(owners: number, before: WorkspaceRole, after: WorkspaceRole | undefined): boolean {
  return before === 'owner' && after !== 'owner' && owners <= 1;
}

/** Whether this role may delete the workspace. A personal one is deleted with its account. */
export function mayDelete(role: WorkspaceRole, workspace: WorkspaceFacts): boolean {
  return role === 'owner' && workspace.personalOf === null;
}

/** The facts about a workspace and the caller. */
export interface WorkspaceCanFacts extends WorkspaceFacts, WithRole {
  isBot: boolean;
  /** Whether they are the only owner. */
  isLastOwner: boolean;
}

/** Everything that a person may do with a workspace; sent with it. */
export function workspaceCanOf(facts: WorkspaceCanFacts): WorkspaceCan {
  const { isBot, isLastOwner, role } = facts;
  const admin = isAdmin(role);
  const works = !isVisitor(role);
  return {
    update: admin,
    delete: mayDelete(role, facts),
    invite: admin,
    joinCode: admin,
    manageMembers: admin,
    manageBots: admin,
    analytics: admin,
    webhookEndpoints: admin,
    createConversations: works,
    browseChannels: works,
    requestSupport: role === 'customer',
    answerSupport: works,
    retention: role === 'owner',
    leave: mayLeave(facts, facts) && !isBot && !isLastOwner,
  };
}

/** Whether two sets of facts permit the same actions. */
export function permitsSame(one: WorkspaceCanFacts, other: WorkspaceCanFacts): boolean {
  const [left, right] = [workspaceCanOf(one), workspaceCanOf(other)];
  return Object.keys(left).every((key) => left[key as keyof WorkspaceCan] === right[key as keyof WorkspaceCan]);
}
