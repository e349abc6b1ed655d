import { type WorkspaceRole, workspaceRole } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../platform/database/index.ts';
import type { IdPage } from '../../platform/module/index.ts';
import type { Membership } from './membership-store.ts';
import { isVisitor, maySee } from './policy.ts';

const roles = workspaceRole.options;
/** Whether the membership `me` is a guest's or a customer's. */
export const isVisiting = sql<boolean>`me.role = any(${sql.lit(`{${roles.filter(isVisitor).join()}}`)}::text[])`;

/** Pairs of roles, the viewer's first, as a PostgreSQL array. */
function pairs(holds: (viewer: WorkspaceRole, other: WorkspaceRole) => boolean) {
  const found = roles.flatMap((viewer) =>
    roles.flatMap((other) => (holds(viewer, other) ? [`${viewer}/${other}`] : [])),
  );
  return sql.lit(`{${found.join()}}`);
}

const anyway = pairs((viewer, other) => maySee(viewer, other, false));
const ifShared = pairs((viewer, other) => maySee(viewer, other, true) && !maySee(viewer, other, false));

const seesAnyway = sql<boolean>`me.role || '/' || they.role = any(${anyway}::text[])`;
const seesIfShared = sql<boolean>`(
  me.role || '/' || they.role = any(${ifShared}::text[]) and (
    exists (
      select from shared_conversation s
      where s.workspace_id = me.workspace_id and s.viewer_id = me.account_id and s.other_id = they.account_id
    ) or exists (
      select from shared_task s
      where s.workspace_id = me.workspace_id and s.viewer_id = me.account_id and s.other_id = they.account_id
    )
  )
)`;

/** The policy as SQL, for two memberships `me` and `they` of one workspace. */
export const sees = sql<boolean>`(they.account_id = me.account_id or ${seesAnyway} or ${seesIfShared})`;

const they = sql`they.workspace_id as "workspaceId", they.account_id as "userId", they.role, they.joined_at as "joinedAt"`;

/** A viewer of a workspace. */
export type WorkspaceViewer = { workspaceId: string; viewerId: string };

/** The people whom viewers see in workspaces, by workspace, viewer and account. */
export async function visibleMembers(
  db: Executor,
  views: readonly WorkspaceViewer[],
): Promise<(Membership & { viewerId: string })[]> {
  if (views.length === 0) return [];
  const { rows } = await sql<Membership & { viewerId: string }>`
    select ${they}, me.account_id as "viewerId"
    from (
      select distinct * from unnest(
        ${views.map(({ workspaceId }) => workspaceId)}::uuid[], ${views.map(({ viewerId }) => viewerId)}::uuid[]
      )
    ) v (workspace_id, viewer_id)
    join membership me on me.workspace_id = v.workspace_id and me.account_id = v.viewer_id
    join membership they on they.workspace_id = v.workspace_id
    where ${sees}
    order by they.workspace_id, me.account_id, they.account_id
  `.execute(db);
  return rows;
}

/**
 * Those of the given people whom viewers see, in the order of the views.
 * @returns undefined if the viewer is not in the workspace
 */
export async function visibleAmong(
  db: Executor,
  views: readonly (WorkspaceViewer & { userIds: readonly string[] })[],
): Promise<(Membership[] | undefined)[]> {
  if (views.length === 0) return [];
  const asked = views.flatMap(({ workspaceId, viewerId, userIds }, at) =>
    [...new Set([viewerId, ...userIds])].map((userId) => ({ at, workspaceId, viewerId, userId })),
  );
  const { rows } = await sql<Membership & { at: number }>`
    select ${they}, v.at
    from unnest(
      ${asked.map(({ at }) => at)}::int[], ${asked.map(({ workspaceId }) => workspaceId)}::uuid[],
      ${asked.map(({ viewerId }) => viewerId)}::uuid[], ${asked.map(({ userId }) => userId)}::uuid[]
    ) v (at, workspace_id, viewer_id, other_id)
    join membership me on me.workspace_id = v.workspace_id and me.account_id = v.viewer_id
    join membership they on they.workspace_id = v.workspace_id and they.account_id = v.other_id
    where ${sees}
    order by they.account_id
  `.execute(db);
  const found = Map.groupBy(rows, ({ at }) => at);
  return views.map(({ viewerId, userIds }, at) => {
    const seen = found.get(at)?.map(({ at: _, ...membership }) => membership);
    return userIds.includes(viewerId) ? seen : seen?.filter(({ userId }) => userId !== viewerId);
  });
}

/** One page of the members whom a user sees, oldest accounts first, after the account `after`. */
export async function memberPage(
  db: Executor,
  { workspaceId, viewerId }: WorkspaceViewer,
  page: IdPage,
): Promise<Membership[]> {
  const { rows } = await sql<Membership>`
    select ${they}
    from membership me
    join membership they on they.workspace_id = me.workspace_id
    where me.workspace_id = ${workspaceId} and me.account_id = ${viewerId} and ${sees}
      and (${page.after ?? null}::uuid is null or they.account_id > ${page.after ?? null}::uuid)
    order by they.account_id
    limit ${page.limit}
  `.execute(db);
  return rows;
}

/** Those of the people whom a user sees in any workspace that both are in, if the memberships meet a condition. */
async function seenIf(
  db: Executor,
  viewerId: string,
  otherIds: readonly string[],
  condition: RawBuilder<boolean>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct they.account_id as id
    from membership me join membership they using (workspace_id)
    where me.account_id = ${viewerId} and they.account_id = any(${otherIds}::uuid[]) and ${condition}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/** Those of `otherIds` whom a user sees in any workspace, in the given order; the user themselves is included. */
export async function seenBy(db: Executor, viewerId: string, otherIds: readonly string[]): Promise<string[]> {
  const others = otherIds.filter((id) => id !== viewerId);
  const seen = new Set([viewerId]);
  // Planning the full query takes longer than running the simpler one, which is enough for most calls.
  for (const condition of [seesAnyway, seesIfShared]) {
    const open = others.filter((id) => !seen.has(id));
    if (open.length === 0) break;
    for (const id of await seenIf(db, viewerId, open, condition)) seen.add(id);
  }
  return otherIds.filter((id) => seen.has(id));
}

/**
 * Guests and customers who see some people, other than those people themselves. It starts from the visitors: their
 * number determines the cost, not the number of people who share conversations.
 */
export async function visitorsWhoSee(
  db: Executor,
  userIds: readonly string[],
): Promise<(WorkspaceViewer & { userId: string })[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<WorkspaceViewer & { userId: string }>`
    with place as materialized (
      select distinct workspace_id from membership where account_id = any(${userIds}::uuid[])
    ), mine as materialized (
      select me.workspace_id, me.account_id, me.role, p.conversation_id
      from place
      join membership me on me.workspace_id = place.workspace_id and ${isVisiting}
      join conversation_participant p on p.account_id = me.account_id and p.workspace_id = me.workspace_id
    ), theirs as materialized (
      select conversation_id, account_id from conversation_participant where account_id = any(${userIds}::uuid[])
    )
    select distinct me.workspace_id as "workspaceId", me.account_id as "viewerId", they.account_id as "userId"
    from mine me
    join theirs on theirs.conversation_id = me.conversation_id and theirs.account_id <> me.account_id
    join membership they on they.workspace_id = me.workspace_id and they.account_id = theirs.account_id
    where me.role || '/' || they.role = any(${ifShared}::text[])
    union
    select me.workspace_id, me.account_id, they.account_id
    from place
    join membership me on me.workspace_id = place.workspace_id and ${isVisiting}
    join shared_task s on s.workspace_id = me.workspace_id and s.viewer_id = me.account_id
    join membership they on they.workspace_id = s.workspace_id and they.account_id = s.other_id
    where s.other_id = any(${userIds}::uuid[]) and s.other_id <> me.account_id
      and me.role || '/' || they.role = any(${ifShared}::text[])
    order by 1, 2, 3
  `.execute(db);
  return rows;
}

/** Guests and customers of a workspace. */
export async function visitorIdsOf(db: Executor, workspaceId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from membership me
    where workspace_id = ${workspaceId} and ${isVisiting}
    order by account_id
  `.execute(db);
  return rows.map((row) => row.id);
}

/** The ids of a user's workspaces, split by whether they are a visitor there. */
export async function workspacesSeenBy(
  db: Executor,
  userId: string,
): Promise<{ working: string[]; visiting: string[] }> {
  const { rows } = await sql<{ id: string; isVisiting: boolean }>`
    select workspace_id as id, ${isVisiting} as "isVisiting"
    from membership me where account_id = ${userId} order by workspace_id
  `.execute(db);
  const ids = (wanted: boolean) => rows.filter(({ isVisiting }) => isVisiting === wanted).map(({ id }) => id);
  return { working: ids(false), visiting: ids(true) };
}
