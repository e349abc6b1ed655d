import type { WorkspaceRole } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';
import { sees, type WorkspaceViewer } from './visibility-store.ts';

/** The owners and admins of a workspace. */
export async function adminIdsOf(db: Executor, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from membership
    where workspace_id = ${workspaceId} and role in ('owner', 'admin')
    order by account_id
  `.execute(db);
  return rows.map((row) => row.id);
}

/** A workspace that two people share, with both roles. */
export interface SharedWorkspace {
  workspaceId: string;
  role: WorkspaceRole;
  otherRole: WorkspaceRole;
}

/** The workspaces in which one user sees another, oldest first; personal ones do not count. */
export async function sharedWorkspaces(db: Executor, userId: string, otherId: string): Promise<SharedWorkspace[]> {
  const { rows } = await sql<SharedWorkspace>`
    select w.id as "workspaceId", me.role, they.role as "otherRole"
    from membership me
    join membership they on they.workspace_id = me.workspace_id and they.account_id = ${otherId}
    join workspace w on w.id = me.workspace_id
    where me.account_id = ${userId} and w.personal_of is null and ${sees}
    order by w.created_at, w.id
  `.execute(db);
  return rows;
}

/** A user's role in each of their workspaces, by workspace id. */
export type Roles = ReadonlyMap<string, WorkspaceRole>;

/** Reads the roles of a user. */
export async function rolesOf(db: Executor, userId: string): Promise<Roles> {
  const { rows } = await sql<{ workspaceId: string; role: WorkspaceRole }>`
    select workspace_id as "workspaceId", role from membership where account_id = ${userId}
  `.execute(db);
  return new Map(rows.map(({ workspaceId, role }) => [workspaceId, role]));
}

/** Selects the ids of the workspaces where a user has one of the roles. */
export function workspaceIdsAs(userId: string, roles: readonly WorkspaceRole[]): RawBuilder<{ id: string }> {
  return sql`
    select workspace_id as id from membership
    where account_id = ${userId} and role = any(${sql.lit(`{${roles.join()}}`)}::text[])
    order by workspace_id
  `;
}

/** Finds a person by username among those whom a member sees. */
export async function memberByUsername(
  db: Executor,
  { workspaceId, viewerId, username }: WorkspaceViewer & { username: string },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select a.id from person a
    join membership they on they.account_id = a.id and they.workspace_id = ${workspaceId}
    join membership me on me.workspace_id = they.workspace_id and me.account_id = ${viewerId}
    where a.username = ${username} and ${sees}
  `.execute(db);
  return rows[0]?.id;
}

/** The members of a workspace whose name or username contains a text, ignoring case. */
export async function memberIdsNamed(db: Executor, workspaceId: string, text: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from membership m join person a on a.id = m.account_id
    where m.workspace_id = ${workspaceId}
      and (position(lower(${text}) in lower(a.name)) > 0 or position(lower(${text}) in lower(a.username)) > 0)
  `.execute(db);
  return rows.map(({ id }) => id);
}
