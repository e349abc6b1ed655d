import { members, workspaces } from '@atrium/protocol';
import type { Transaction } from '../../platform/database/index.ts';
import { command, cutPage, type Implementation, idPage, problem, read } from '../../platform/module/index.ts';
import { usersById } from '../identity/index.ts';
import { announceOwners, announceRoleCan } from './can.ts';
import { endGrants } from './grants.ts';
import { removeMember } from './membership.ts';
import { countMembers, lockMembership, type Membership, updateRole } from './membership-store.ts';
import { isAdmin, losesLastOwner, mayChangeRole, mayLeave, mayRemove } from './policy.ts';
import { presentMember, presentMembers } from './present.ts';
import { refuseBot } from './refuse-bot.ts';
import { publishRole } from './visibility.ts';
import { memberPage } from './visibility-store.ts';

/** Locks the membership to be changed; the workspace is locked. Throws `not_found`. */
async function lockTarget(tx: Transaction, workspaceId: string, userId: string): Promise<Membership> {
  const target = await lockMembership(tx, workspaceId, userId);
  if (target === undefined) throw problem('not_found');
  return target;
}

async function keepAnOwner(tx: Transaction, target: Membership, after?: Membership['role']): Promise<void> {
  const { owners } = await countMembers(tx, target.workspaceId);
  if (losesLastOwner(owners, target.role, after)) throw problem('last_owner');
}

/** Operations on the members of a workspace and their roles. */
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

    command(
      members.update,
      async (context) => {
        const { tx, input, subject } = context;
        const target = await lockTarget(tx, input.workspaceId, input.userId);
        const { workspaceId, userId, role: previous } = target;
        const { role } = input;
        if (!mayChangeRole(subject.role, target, role, subject.workspace)) throw problem('forbidden');
        const user = (await usersById(tx, [userId])).get(userId);
        if (user === undefined) throw problem('not_found');
        if (user.isBot && isAdmin(role)) throw problem('forbidden', 'A bot cannot run a workspace.');
        if (role !== previous) {
          await keepAnOwner(tx, target, role);
          await updateRole(tx, workspaceId, userId, role);
          if (isAdmin(previous) && !isAdmin(role)) await endGrants(tx, target);
          await context.tell('workspace:roleChanged', { workspaceId, userId, role, previous });
          await publishRole(context, { workspaceId, userId, role }, previous);
          const view = { workspaceId, viewerId: userId };
          await announceRoleCan(context, view, previous);
          if (role === 'owner') await announceOwners(context, view, 'came');
          if (previous === 'owner') await announceOwners(context, view, 'went');
        }
        return presentMember({ ...target, role }, user);
      },
      { lock: 'change' },
    ),

    command(
      members.remove,
      async (context) => {
        const { tx, input, subject } = context;
        const target = await lockTarget(tx, input.workspaceId, input.userId);
        if (!mayRemove(subject.role, target, subject.workspace)) throw problem('forbidden');
        await keepAnOwner(tx, target);
        await removeMember(context, target);
        // Members who joined by the shared code know it.
        await endGrants(tx, target);
        return {};
      },
      { lock: 'change' },
    ),

    command(
      workspaces.leave,
      async (context) => {
        const { tx, input, actor, subject } = context;
        refuseBot(actor);
        const target = await lockTarget(tx, input.workspaceId, actor.userId);
        if (!mayLeave(target, subject.workspace)) throw problem('forbidden', 'A personal workspace cannot be left.');
        await keepAnOwner(tx, target);
        await removeMember(context, target);
        return {};
      },
      { lock: 'change' },
    ),
  ];
}
