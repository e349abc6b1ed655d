import { members, workspaces } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../platform/module/index.ts';
import { usersById } from '../identity/index.ts';
import { announceOwners, announceRoleCan } from './can.ts';
import { removeMember } from './membership.ts';
import { countMembers, lockMembership, type Membership, membershipOf, updateRole } from './membership-store.ts';
import { isAdmin, losesLastOwner, mayChangeRole, mayLeave, mayRemove } from './policy.ts';
import { presentMember, presentMembers } from './present.ts';
import { refuseBot } from './refuse-bot.ts';
import { lockWorkspace, type StoredWorkspace } from './store.ts';
import { tellRole } from './visibility.ts';
import { memberPage } from './visibility-store.ts';

interface Scene {
  workspace: StoredWorkspace;
  actor: Membership;
  target: Membership;
}

/**
 * Locks the workspace and reads both people anew: what was true when access was checked may have changed while this
 * call waited its turn. Throws `not_found` when any of the three is gone.
 */
async function enter(tx: Transaction, ids: { workspaceId: string; actorId: string; targetId: string }): Promise<Scene> {
  const workspace = await lockWorkspace(tx, ids.workspaceId);
  const actor = workspace && (await membershipOf(tx, ids.workspaceId, ids.actorId));
  const target = actor && (await lockMembership(tx, ids.workspaceId, ids.targetId));
  if (workspace === undefined || actor === undefined || target === undefined) throw problem('not_found');
  return { workspace, actor, target };
}

async function keepAnOwner(tx: Transaction, target: Membership, after?: Membership['role']): Promise<void> {
  const { owners } = await countMembers(tx, target.workspaceId);
  if (losesLastOwner(owners, target.role, after)) throw problem('last_owner');
}

/** Who is in a workspace, with which role. */
export function memberOperations(): Implementation[] {
  return [
    read(members.list, async ({ actor, db, input, subject }) => {
      const page = idPage(input);
      const found = await memberPage(db, { workspaceId: subject.workspace.id, viewerId: actor.userId }, page);
      const { rows, nextCursor } = cutPage(found, page, (row) => row.userId);
      const users = await usersById(
        db,
        rows.map((row) => row.userId),
      );
      return { items: presentMembers(rows, users), nextCursor };
    }),

    command(members.update, async (context) => {
      const { tx, input, actor: caller } = context;
      const ids = { workspaceId: input.workspaceId, actorId: caller.userId, targetId: input.userId };
      const { workspace, actor, target } = await enter(tx, ids);
      const { workspaceId, userId, role: previous } = target;
      const { role } = input;
      if (!mayChangeRole(actor.role, target, role, workspace)) throw problem('forbidden');
      const user = (await usersById(tx, [userId])).get(userId);
      if (user === undefined) throw problem('not_found');
      if (user.isBot && isAdmin(role)) throw problem('forbidden', 'A bot cannot run a workspace.');
      if (role !== previous) {
        await keepAnOwner(tx, target, role);
        await updateRole(tx, workspaceId, userId, role);
        await context.tell('workspace:roleChanged', { workspaceId, userId, role, previous });
        await tellRole(context, { workspaceId, userId, role }, previous);
        const view = { workspaceId, viewerId: userId };
        await announceRoleCan(context, view, previous);
        if (role === 'owner') await announceOwners(context, view, 'came');
        if (previous === 'owner') await announceOwners(context, view, 'went');
      }
      return presentMember({ ...target, role }, user);
    }),

    command(members.remove, async (context) => {
      const { tx, input, actor: caller } = context;
      const ids = { workspaceId: input.workspaceId, actorId: caller.userId, targetId: input.userId };
      const { workspace, actor, target } = await enter(tx, ids);
      if (!mayRemove(actor.role, target, workspace)) throw problem('forbidden');
      await keepAnOwner(tx, target);
      await removeMember(context, target);
      return {};
    }),

    command(workspaces.leave, async (context) => {
      const { tx, input, actor: caller } = context;
      refuseBot(caller);
      const ids = { workspaceId: input.workspaceId, actorId: caller.userId, targetId: caller.userId };
      const { workspace, target } = await enter(tx, ids);
      if (!mayLeave(target, workspace)) throw problem('forbidden', 'A personal workspace cannot be left.');
      await keepAnOwner(tx, target);
      await removeMember(context, target);
      return {};
    }),
  ];
}
