import { bots } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { command, type Implementation, problem, read } from '../../platform/module/index.ts';
import { createBot, endToken, issueToken, tokensOf, usersById } from '../identity/index.ts';
import { addMember, removeMember } from './membership.ts';
import { botsOf, lockMembership, type Membership, membershipOf } from './membership-store.ts';
import { MAX_BOTS } from './policy.ts';
import { presentMember, presentMembers } from './present.ts';

/** Finds a bot of the workspace. Throws `not_found` for other users. */
async function findBot(
  db: Executor,
  { workspaceId, userId }: { workspaceId: string; userId: string },
): Promise<Membership> {
  const member = await membershipOf(db, workspaceId, userId);
  const user = member && (await usersById(db, [userId])).get(userId);
  if (member === undefined || user?.isBot !== true) throw problem('not_found');
  return member;
}

/** Operations on the bots of a workspace, and their API tokens. */
export function botOperations(): Implementation[] {
  return [
    command(
      bots.create,
      async (context) => {
        const { tx, input, now } = context;
        const { workspaceId, role } = input;
        if ((await botsOf(tx, workspaceId)).length >= MAX_BOTS) {
          throw problem('conflict', `One workspace can have ${MAX_BOTS} bots. Delete one first.`);
        }
        const user = await createBot(context, input);
        await addMember(context, workspaceId, { userId: user.id, role });
        return presentMember({ workspaceId, userId: user.id, role, joinedAt: now }, user);
      },
      { lock: 'change' },
    ),

    read(bots.list, async ({ db, input }) => {
      const found = await botsOf(db, input.workspaceId);
      const users = await usersById(
        db,
        found.map(({ userId }) => userId),
      );
      return { items: presentMembers(found, users), nextCursor: null };
    }),

    command(
      bots.delete,
      async (context) => {
        const { tx, input } = context;
        const { workspaceId, userId } = await findBot(tx, input);
        await lockMembership(tx, workspaceId, userId);
        await removeMember(context, { workspaceId, userId });
        return {};
      },
      { lock: 'change' },
    ),

    command(
      bots.createToken,
      async (context) => {
        const { tx, input } = context;
        const { userId } = await findBot(tx, input);
        return issueToken(context, userId, input);
      },
      { lock: 'change' },
    ),

    read(bots.tokens, async ({ db, input, now }) => {
      const { userId } = await findBot(db, input);
      return { items: await tokensOf(db, userId, now), nextCursor: null };
    }),

    command(
      bots.revokeToken,
      async (context) => {
        const { tx, input } = context;
        const { userId } = await findBot(tx, input);
        await endToken(context, userId, input.tokenId);
        return {};
      },
      { lock: 'change' },
    ),
  ];
}
