import type { WorkspaceCan, WorkspaceRole } from '@atrium/protocol';

/** Maximum number of workspaces per user; with their conversations they stay within the bounds of `resume`. */
export const MAX_WORKSPACES = 50;
/** People in one workspace. */
export const MAX_MEMBERS = 10_000;
/** Invitations of one workspace that nobody has used yet. */
export const MAX_OPEN_INVITES = 1_000;
/** Bots of one workspace. */
export const MAX_BOTS = 50;
/** How long a mailed invitation works. */
export const INVITE_DAYS = 14;

/** The facts about a workspace. */
export interface WorkspaceFacts {
  /** The account whose personal workspace it is, or null. */
  personalOf: string | null;
}

/** A member and their role. */
export interface Placed {
  userId: string;
  role: WorkspaceRole;
}

/** True for the roles that run a workspace. */
export function isAdmin(role: WorkspaceRole): boolean {
  return role === 'owner' || role === 'admin';
}

/** True for guests and customers; all other roles work in the workspace. */
export function isVisitor(role: WorkspaceRole): boolean {
  return role === 'guest' || role === 'customer';
}

/**
 * Whether a member sees another: in lists, by name, with their presence. Members who work there see everyone; guests see
 * people with whom they share a conversation; customers see of these only those who work there. Everyone sees themselves.
 * @param shares whether the two share a conversation in that workspace
 */
export function maySee(viewer: WorkspaceRole, other: WorkspaceRole, shares: boolean): boolean {
  if (!isVisitor(viewer)) return true;
  return shares && !(viewer === 'customer' && isVisitor(other));
}

/** The person whose personal workspace it is stays in it as its owner. */
function isBound(workspace: WorkspaceFacts, target: Placed): boolean {
  return workspace.personalOf === target.userId;
}

/** Admins manage everyone below owner; only owners touch owners. */
function manages(actor: WorkspaceRole, target: WorkspaceRole): boolean {
  return actor === 'owner' || (actor === 'admin' && target !== 'owner');
}

/** May `actor` give `target` the role `role`? Whether an owner is left is asked separately. */
export function mayChangeRole(
  actor: WorkspaceRole,
  target: Placed,
  role: WorkspaceRole,
  workspace: WorkspaceFacts,
): boolean {
  return manages(actor, target.role) && manages(actor, role) && !isBound(workspace, target);
}

/** May `actor` remove `target`? Whether an owner is left is asked separately. */
export function mayRemove(actor: WorkspaceRole, target: Placed, workspace: WorkspaceFacts): boolean {
  return manages(actor, target.role) && !isBound(workspace, target);
}

/** May this person leave? Whether an owner is left is asked separately. */
export function mayLeave(leaver: Placed, workspace: WorkspaceFacts): boolean {
  return !isBound(workspace, leaver);
}

/**
 * True when a change would leave the workspace without an owner.
 * @param owners how many there are before it
 * @param after the new role; undefined if the person is removed
 */
export function losesLastOwner(owners: number, before: WorkspaceRole, after: WorkspaceRole | undefined): boolean {
  return before === 'owner' && after !== 'owner' && owners <= 1;
}

/** May someone with this role delete the workspace? A personal one is deleted with its account. */
export function mayDelete(role: WorkspaceRole, workspace: WorkspaceFacts): boolean {
  return role === 'owner' && workspace.personalOf === null;
}

/** The facts about a workspace and the caller. */
export interface WorkspaceCanFacts extends WorkspaceFacts, Placed {
  isBot: boolean;
  /** Whether they own the workspace alone. */
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

/** Whether two sets of facts permit the same. */
export function permitsSame(one: WorkspaceCanFacts, other: WorkspaceCanFacts): boolean {
  const [left, right] = [workspaceCanOf(one), workspaceCanOf(other)];
  return Object.keys(left).every((key) => left[key as keyof WorkspaceCan] === right[key as keyof WorkspaceCan]);
}
