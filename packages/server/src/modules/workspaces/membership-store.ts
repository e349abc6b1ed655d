import type { WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

interface MembershipRow {
  workspace_id: string;
  account_id: string;
  role: WorkspaceRole;
  joined_at: Date;
}

declare module '../../platform/database/index.ts' {
  interface Tables {
    membership: MembershipRow;
  }
}

/** A membership of a workspace. */
export interface Membership {
  workspaceId: string;
  userId: string;
  role: WorkspaceRole;
  joinedAt: Date;
}

const columns = ['workspace_id as workspaceId', 'account_id as userId', 'role', 'joined_at as joinedAt'] as const;

/** Adds a member to a workspace. Fails if they are in it already. */
export async function insertMembership(tx: Transaction, membership: Membership): Promise<void> {
  const { workspaceId, userId, role, joinedAt } = membership;
  await tx
    .insertInto('membership')
    .values({ workspace_id: workspaceId, account_id: userId, role, joined_at: joinedAt })
    .execute();
}

/** Changes the role of a member. */
export async function updateRole(
  tx: Transaction,
  workspaceId: string,
  userId: string,
  role: WorkspaceRole,
): Promise<void> {
  await tx
    .updateTable('membership')
    .set({ role })
    .where('workspace_id', '=', workspaceId)
    .where('account_id', '=', userId)
    .execute();
}

/** Removes a member from a workspace. @returns their former role */
export async function deleteMembership(
  tx: Transaction,
  workspaceId: string,
  userId: string,
): Promise<WorkspaceRole | undefined> {
  const deleted = await tx
    .deleteFrom('membership')
    .where('workspace_id', '=', workspaceId)
    .where('account_id', '=', userId)
    .returning('role')
    .executeTakeFirst();
  return deleted?.role;
}

/** The membership of one person, or undefined. */
export async function membershipOf(db: Executor, workspaceId: string, userId: string): Promise<Membership | undefined> {
  const [membership] = await membershipsOf(db, workspaceId, [userId]);
  return membership;
}

/** The memberships of several people, without those who are not in the workspace. */
export async function membershipsOf(
  db: Executor,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Membership[]> {
  if (userIds.length === 0) return [];
  return inWorkspace(db, workspaceId, userIds).execute();
}

/**
 * The same, and keeps these memberships unchanged until the transaction ends. For transactions that add people to
 * something inside the workspace: a concurrent removal waits, and then finds what was added.
 */
export async function holdMemberships(
  tx: Transaction,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Membership[]> {
  if (userIds.length === 0) return [];
  // The workspace before its members, as everywhere: two orders would cause deadlocks.
  const { rows } = await sql<Membership>`
    with held as materialized (select id from workspace where id = ${workspaceId} for key share)
    select workspace_id as "workspaceId", account_id as "userId", role, joined_at as "joinedAt"
    from membership
    where workspace_id = (select id from held) and account_id = any(${userIds}::uuid[])
    order by account_id
    for share
  `.execute(tx);
  return rows;
}

/** The same for a membership that is about to be changed or removed: waits for transactions that hold it. */
export async function lockMembership(
  tx: Transaction,
  workspaceId: string,
  userId: string,
): Promise<Membership | undefined> {
  return inWorkspace(tx, workspaceId, [userId]).forUpdate().executeTakeFirst();
}

function inWorkspace(db: Executor, workspaceId: string, userIds: readonly string[]) {
  return db
    .selectFrom('membership')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`account_id = any(${userIds}::uuid[])`);
}

/** All members of a workspace, sorted by account. */
export async function membersOf(db: Executor, workspaceId: string): Promise<Membership[]> {
  return db
    .selectFrom('membership')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .orderBy('account_id')
    .execute();
}

/** The bots of a workspace, oldest first. */
export async function botsOf(db: Executor, workspaceId: string): Promise<Membership[]> {
  return db
    .selectFrom('membership')
    .select(columns)
    .where('workspace_id', '=', workspaceId)
    .where(sql<boolean>`(select is_bot from person where id = account_id)`)
    .orderBy('account_id')
    .execute();
}

/** The number of members and of owners of a workspace. */
export async function countMembers(db: Executor, workspaceId: string): Promise<{ members: number; owners: number }> {
  const { rows } = await sql<{ members: number; owners: number }>`
    select count(*) as members, count(*) filter (where role = 'owner') as owners
    from membership where workspace_id = ${workspaceId}
  `.execute(db);
  return rows[0] ?? { members: 0, owners: 0 };
}

/** The number of workspaces that a person is in. */
export async function countWorkspaces(db: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from membership where account_id = ${userId}
  `.execute(db);
  return rows[0]?.n ?? 0;
}

/** The ids of the workspaces that a person is in. */
export async function workspaceIdsOf(db: Executor, userId: string): Promise<string[]> {
  return (await workspaceIdsOfEach(db, [userId])).get(userId) ?? [];
}

/** The same for several people in one query, without those who are in none. */
export async function workspaceIdsOfEach(db: Executor, userIds: readonly string[]): Promise<Map<string, string[]>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await sql<{ userId: string; ids: string[] }>`
    select account_id as "userId", array_agg(workspace_id order by workspace_id) as ids
    from membership where account_id = any(${userIds}::uuid[]) group by account_id
  `.execute(db);
  return new Map(rows.map((row) => [row.userId, row.ids]));
}
