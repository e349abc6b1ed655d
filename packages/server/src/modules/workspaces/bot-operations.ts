import { bots } from '@atrium/protocol';
import type { Executor, Transaction } from '../../platform/database/index.ts';
import { command, type Implementation, problem, read, type UserActor } from '../../platform/module/index.ts';
import { createBot, endToken, issueToken, tokensOf, usersById } from '../identity/index.ts';
import { addMember, removeMember } from './membership.ts';
import { botsOf, lockMembership, type Membership, membershipOf } from './membership-store.ts';
import { isAdmin, MAX_BOTS } from './policy.ts';
import { presentMember, presentMembers } from './present.ts';
import { lockWorkspace } from './store.ts';

/** Locks the workspace and looks again whether the caller runs it. Throws `not_found`, `forbidden`. */
async function enter(tx: Transaction, workspaceId: string, actor: UserActor): Promise<void> {
  const workspace = await lockWorkspace(tx, workspaceId);
  const member = workspace && (await membershipOf(tx, workspaceId, actor.userId));
  if (member === undefined) throw problem('not_found');
  if (!isAdmin(member.role)) throw problem('forbidden');
}

/** Finds a bot of the workspace. Throws `not_found` for everyone else. */
async function findBot(
  db: Executor,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<Membership> {
  const member = await membershipOf(db, workspaceId, userId);
  const user = member && (await usersById(db, [userId])).get(userId);
  if (member === undefined || user?.isBot !== true) throw problem('not_found');
  return member;
}

/** The bots of a workspace, and their API tokens. */
export function botOperations(): Implementation[] {
  return [
    command(bots.create, async (context) => {
      const { tx, input, actor, now } = context;
      const { workspaceId, role } = input;
      await enter(tx, workspaceId, actor);
      if ((await botsOf(tx, workspaceId)).length >= MAX_BOTS) {
        throw problem('conflict', `One workspace can have ${MAX_BOTS} bots. Delete one first.`);
      }
      const user = await createBot(context, input);
      await addMember(context, workspaceId, { userId: user.id, role });
      return presentMember({ workspaceId, userId: user.id, role, joinedAt: now }, user);
    }),

    read(bots.list, async ({ db, input }) => {
      const found = await botsOf(db, input.workspaceId);
      const users = await usersById(
        db,
        found.map(({ userId }) => userId),
      );
      return { items: presentMembers(found, users), nextCursor: null };
    }),

    command(bots.delete, async (context) => {
      const { tx, input, actor } = context;
      await enter(tx, input.workspaceId, actor);
      const { workspaceId, userId } = await findBot(tx, input);
      await lockMembership(tx, workspaceId, userId);
      await removeMember(context, { workspaceId, userId });
      return {};
    }),

    command(bots.createToken, async (context) => {
      const { tx, input, actor } = context;
      await enter(tx, input.workspaceId, actor);
      const { userId } = await findBot(tx, input);
      return issueToken(context, userId, input);
    }),

    read(bots.tokens, async ({ db, input, now }) => {
      const { userId } = await findBot(db, input);
      return { items: await tokensOf(db, userId, now), nextCursor: null };
    }),

    command(bots.revokeToken, async (context) => {
      const { tx, input, actor } = context;
      await enter(tx, input.workspaceId, actor);
      const { userId } = await findBot(tx, input);
      await endToken(context, userId, input.tokenId);
      return {};
    }),
  ];
}
