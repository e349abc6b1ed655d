import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';
import type { WorkspaceCanFacts } from './policy.ts';
import type { WorkspaceViewer } from './visibility-store.ts';

/** The facts about a member of a workspace. */
export type MemberFacts = WorkspaceCanFacts & WorkspaceViewer;

async function facts(db: Executor, wanted: RawBuilder<unknown>): Promise<MemberFacts[]> {
  const { rows } = await sql<Omit<MemberFacts, 'userId'>>`
    select me.workspace_id as "workspaceId", me.account_id as "viewerId", me.role, p.is_bot as "isBot",
      w.personal_of as "personalOf",
      case when me.role = 'owner' then not exists (
        select from membership other
        where other.workspace_id = me.workspace_id and other.role = 'owner' and other.account_id <> me.account_id
      ) else false end as "isLastOwner"
    from (${wanted}) v (workspace_id, viewer_id)
    join membership me on me.workspace_id = v.workspace_id and me.account_id = v.viewer_id
    join workspace w on w.id = me.workspace_id
    join person p on p.id = me.account_id
  `.execute(db);
  return rows.map((row) => ({ ...row, userId: row.viewerId }));
}

/** The facts about members of workspaces, in one query. */
export async function factsAt(db: Executor, views: readonly WorkspaceViewer[]): Promise<MemberFacts[]> {
  if (views.length === 0) return [];
  const workspaces = views.map(({ workspaceId }) => workspaceId);
  const viewers = views.map(({ viewerId }) => viewerId);
  return facts(db, sql`select distinct * from unnest(${workspaces}::uuid[], ${viewers}::uuid[])`);
}

/** The facts of up to `limit` owners of a workspace. */
export async function factsOfOwners(db: Executor, workspaceId: string, limit: number): Promise<MemberFacts[]> {
  return facts(
    db,
    sql`
      select workspace_id, account_id from membership
      where workspace_id = ${workspaceId} and role = 'owner' limit ${limit}
    `,
  );
}
