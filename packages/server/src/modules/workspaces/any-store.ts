import type { WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';
import type { IdPage } from '../../platform/module/index.ts';

/** A workspace as an administrator sees it who is not a member. */
export interface AnyWorkspace {
  id: string;
  name: string;
  /** The account whose personal workspace it is. */
  personalOf: string | null;
  createdAt: Date;
  members: number;
  /** At most 3, longest-standing first. */
  ownerIds: string[];
}

/**
 * A page of all workspaces, newest first. It scans all of them: an instance has few enough, and only its administrators
 * call it.
 */
export async function anyWorkspaces(
  db: Executor,
  { id, q, personal }: { id?: string; q?: string | undefined; personal: boolean },
  { after, limit }: IdPage,
): Promise<AnyWorkspace[]> {
  const wanted = q?.toLowerCase() ?? null;
  const { rows } = await sql<AnyWorkspace>`
    select w.id, w.name, w.personal_of as "personalOf", w.created_at as "createdAt", m.members, o.ids as "ownerIds"
    from workspace w
    cross join lateral (select count(*)::int as members from membership where workspace_id = w.id) m
    cross join lateral (
      select array(
        select account_id from membership where workspace_id = w.id and role = 'owner'
        order by joined_at, account_id limit 3
      ) as ids
    ) o
    where (${id ?? null}::uuid is null or w.id = ${id ?? null}::uuid)
      and (${wanted}::text is null or position(${wanted} in lower(w.name)) > 0)
      and (${personal} or w.personal_of is null)
      and (${after ?? null}::uuid is null or w.id < ${after ?? null}::uuid)
    order by w.id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** How many members of a workspace have each role; roles that nobody has are missing. */
export async function roleCounts(db: Executor, workspaceId: string): Promise<Map<WorkspaceRole, number>> {
  const { rows } = await sql<{ role: WorkspaceRole; members: number }>`
    select role, count(*)::int as members from membership where workspace_id = ${workspaceId} group by role
  `.execute(db);
  return new Map(rows.map(({ role, members }) => [role, members]));
}

/** A page of the members of a workspace, those whose accounts are oldest first. */
export async function memberPage(
  db: Executor,
  workspaceId: string,
  { after, limit }: IdPage,
): Promise<{ userId: string; role: WorkspaceRole; joinedAt: Date }[]> {
  const { rows } = await sql<{ userId: string; role: WorkspaceRole; joinedAt: Date }>`
    select account_id as "userId", role, joined_at as "joinedAt" from membership
    where workspace_id = ${workspaceId} and ${after === undefined ? sql`true` : sql`account_id > ${after}`}
    order by account_id limit ${limit}
  `.execute(db);
  return rows;
}
