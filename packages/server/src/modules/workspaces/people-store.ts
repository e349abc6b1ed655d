import type { WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';

/** Who runs a workspace: its owners and admins. */
export async function adminIdsOf(db: Executor, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from membership
    where workspace_id = ${workspaceId} and role in ('owner', 'admin')
    order by account_id
  `.execute(db);
  return rows.map((row) => row.id);
}

/** A workspace that two people share, with the role of each. */
export interface SharedWorkspace {
  workspaceId: string;
  role: WorkspaceRole;
  otherRole: WorkspaceRole;
}

/** The workspaces that two people share, the oldest first; personal ones do not count. */
export async function sharedWorkspaces(db: Executor, userId: string, otherId: string): Promise<SharedWorkspace[]> {
  const { rows } = await sql<SharedWorkspace>`
    select w.id as "workspaceId", mine.role, theirs.role as "otherRole"
    from membership mine
    join membership theirs on theirs.workspace_id = mine.workspace_id and theirs.account_id = ${otherId}
    join workspace w on w.id = mine.workspace_id
    where mine.account_id = ${userId} and w.personal_of is null
    order by w.created_at, w.id
  `.execute(db);
  return rows;
}

/** What someone is in each of their workspaces, by workspace id. */
export async function rolesOf(db: Executor, userId: string): Promise<Map<string, WorkspaceRole>> {
  const { rows } = await sql<{ workspaceId: string; role: WorkspaceRole }>`
    select workspace_id as "workspaceId", role from membership where account_id = ${userId}
  `.execute(db);
  return new Map(rows.map(({ workspaceId, role }) => [workspaceId, role]));
}

/** The person in a workspace who goes by a username. */
export async function memberCalled(db: Executor, workspaceId: string, username: string): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select a.id from account a
    join membership m on m.account_id = a.id and m.workspace_id = ${workspaceId}
    where a.username = ${username}
  `.execute(db);
  return rows[0]?.id;
}
