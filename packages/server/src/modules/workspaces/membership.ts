import type { StreamName, WorkspaceRole } from '@atrium/protocol';
import { problem, type Work } from '../../platform/module/index.ts';
import { newId } from '../../platform/new-id.ts';
import { activeUser, deleteBots } from '../identity/index.ts';
import { announceOwners } from './can.ts';
import { newCode } from './codes.ts';
import { workspaceStream } from './events.ts';
import { endGrants } from './grants.ts';
import { replaceSharedCode } from './join-code-store.ts';
import { countMembers, countWorkspaces, deleteMembership, insertMembership, membersOf } from './membership-store.ts';
import { isAdmin, isVisitor, MAX_MEMBERS, MAX_WORKSPACES } from './policy.ts';
import { deleteWorkspace, insertWorkspace, type StoredWorkspace } from './store.ts';

/** A person to be added. */
interface Newcomer {
  userId: string;
  role: WorkspaceRole;
}

/** Inserts the membership, and tells the person and the workspace. Throws `conflict` if a limit is reached. */
async function letIn(context: Work, workspaceId: string, { userId, role }: Newcomer): Promise<void> {
  const { tx, now, append } = context;
  if ((await countWorkspaces(tx, userId)) >= MAX_WORKSPACES) {
    throw problem('conflict', `One person can be in ${MAX_WORKSPACES} workspaces. Leave one first.`);
  }
  if ((await countMembers(tx, workspaceId)).members >= MAX_MEMBERS) {
    throw problem('conflict', `This workspace is full: it has ${MAX_MEMBERS} members.`);
  }
  if ((await activeUser(tx, userId)) === undefined) throw problem('not_found');
  const membership = { workspaceId, userId, role, joinedAt: now };
  await insertMembership(tx, membership);
  const stream = workspaceStream(workspaceId);
  const works = !isVisitor(role);
  append(`user:${userId}`, 'workspace:joined', { workspaceId, userId }, works ? { follow: [stream] } : {});
  const joined = { workspaceId, user: { id: userId }, role, joinedAt: now.toISOString() };
  append(stream, 'member:joined', joined, works ? { join: [userId] } : {});
}

/** Creates a workspace with its first owner and a join code. */
export async function openWorkspace(
  context: Work,
  { name, userId, personal }: { name: string; userId: string; personal: boolean },
): Promise<StoredWorkspace> {
  const { tx, now } = context;
  const workspaceId = newId();
  const workspace = await insertWorkspace(tx, { id: workspaceId, name, personalOf: personal ? userId : null, now });
  await letIn(context, workspaceId, { userId, role: 'owner' });
  const code = { code: newCode(), workspaceId, role: 'member', expiresAt: null, maxUses: null } as const;
  await replaceSharedCode(tx, { ...code, createdBy: userId, now });
  await context.tell('workspace:created', { workspaceId, userId, personal });
  return workspace;
}

/** Adds a person to a workspace that the caller has locked. They must not be in it yet. */
export async function addMember(context: Work, workspaceId: string, newcomer: Newcomer): Promise<void> {
  await letIn(context, workspaceId, newcomer);
  await context.tell('workspace:memberJoined', { workspaceId, ...newcomer });
}

/** Removes a member from a workspace that the caller has locked. */
export async function removeMember(context: Work, member: { workspaceId: string; userId: string }): Promise<void> {
  const { tx, append } = context;
  const { workspaceId, userId } = member;
  await context.tell('workspace:memberRemoved', { workspaceId, userId });
  const role = await deleteMembership(tx, workspaceId, userId);
  if (role !== undefined && isAdmin(role)) await endGrants(tx, member);
  if (role === 'owner') await announceOwners(context, { workspaceId, viewerId: userId }, 'went');
  // A bot belongs to one workspace, and is deleted when it leaves.
  await deleteBots(context, [userId]);
  const stream = workspaceStream(workspaceId);
  append(stream, 'member:left', { workspaceId, userId }, { leave: [userId] });
  append(`user:${userId}`, 'workspace:left', { workspaceId }, { unfollow: [stream] });
}

/** Deletes a workspace that the caller has locked, with the rows of all modules. */
export async function closeWorkspace(context: Work, workspaceId: string): Promise<void> {
  const { tx, append, endStreams } = context;
  const members = await membersOf(tx, workspaceId);
  const followed = new Map<string, StreamName[]>();
  await context.tell('workspace:deleting', {
    workspaceId,
    unfollow: (userId, streams) => followed.set(userId, [...(followed.get(userId) ?? []), ...streams]),
  });
  const stream = workspaceStream(workspaceId);
  for (const { userId } of members) {
    const unfollow = [stream, ...(followed.get(userId) ?? [])];
    append(`user:${userId}`, 'workspace:left', { workspaceId }, { unfollow });
  }
  await deleteWorkspace(tx, workspaceId);
  await deleteBots(
    context,
    members.map(({ userId }) => userId),
  );
  endStreams([stream]);
}
