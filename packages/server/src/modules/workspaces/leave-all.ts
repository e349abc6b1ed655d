import type { User } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { problem, type Work } from '../../platform/module/index.ts';
import { workspaceStream } from './events.ts';
import { closeWorkspace, removeMember } from './membership.ts';
import { countMembers, lockMembership, workspaceIdsOf } from './membership-store.ts';
import { losesLastOwner } from './policy.ts';
import { lockWorkspace, type StoredWorkspace } from './store.ts';

/** Locks all workspaces of a person in the order of their ids, as everywhere. */
export async function lockAll(tx: Transaction, userId: string): Promise<void> {
  for (const id of await workspaceIdsOf(tx, userId)) await lockWorkspace(tx, id, 'deletion');
}

/**
 * Removes a person whose account is being deleted from all workspaces; their personal one is deleted. Other members are
 * told first how the person will be shown.
 * @throws `last_owner` with the workspaces that would be left without an owner
 */
export async function leaveAll(context: Work, shown: User): Promise<void> {
  const { tx, append } = context;
  const workspaces: StoredWorkspace[] = [];
  const orphaned: string[] = [];
  // All workspaces before anything in them. Workspaces that they joined before their account was locked are not locked
  // yet.
  for (const id of await workspaceIdsOf(tx, shown.id)) {
    const workspace = await lockWorkspace(tx, id, 'deletion');
    const member = workspace && (await lockMembership(tx, id, shown.id));
    if (workspace === undefined || member === undefined) continue;
    workspaces.push(workspace);
    if (workspace.personalOf === shown.id) continue;
    if (losesLastOwner((await countMembers(tx, id)).owners, member.role, undefined)) orphaned.push(workspace.name);
  }
  if (orphaned.length > 0) {
    const names = orphaned.map((name) => `"${name}"`).join(', ');
    throw problem('last_owner', `You are the last owner of ${names}. Make someone else owner, or delete it, first.`);
  }
  for (const { id: workspaceId, personalOf } of workspaces) {
    if (personalOf === shown.id) {
      await closeWorkspace(context, workspaceId);
    } else {
      append(workspaceStream(workspaceId), 'user:updated', { id: shown.id, workspaceId });
      await removeMember(context, { workspaceId, userId: shown.id });
    }
  }
}
