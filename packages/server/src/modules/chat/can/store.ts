import { type SupportStatus, sizes, type WorkspaceRole } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import type { ConversationMemberRow, ConversationRow } from '../rows/tables.ts';
import type { CanFacts } from './policy.ts';

/** A person and the conversation that they look at. */
export type CanView = {
  viewerId: string;
  conversationId: string;
};

/** Counting stops where only managers may mention everyone. */
const COUNTED = sizes.mentionAll + 1;

interface FactsRow extends CanView, Pick<CanFacts, 'members' | 'mine'> {
  kind: ConversationRow['kind'];
  visibility: ConversationRow['visibility'];
  archived: boolean;
  status: SupportStatus | null;
  workspaceRole: WorkspaceRole;
  role: ConversationMemberRow['role'] | null;
}

async function facts(db: Executor, wanted: RawBuilder<unknown>): Promise<(CanView & CanFacts)[]> {
  const { rows } = await sql<FactsRow>`
    select v.viewer_id as "viewerId", c.id as "conversationId", c.kind, c.visibility,
      c.archived_at is not null as archived, c.support_status as status,
      c.assignee_id is not distinct from v.viewer_id as mine, w.role as "workspaceRole", m.role,
      (
        select count(*) from (
          select from conversation_member every where every.conversation_id = c.id limit ${sql.lit(COUNTED)}
        ) counted
      ) as members
    from (${wanted}) v (viewer_id, conversation_id)
    join conversation c on c.id = v.conversation_id
    join workspace_member w on w.workspace_id = c.workspace_id and w.account_id = v.viewer_id
    left join conversation_member m on m.conversation_id = c.id and m.account_id = v.viewer_id
  `.execute(db);
  return rows.map(({ role, ...found }) => ({ ...found, role: role ?? undefined }));
}

/** The facts of people and conversations, in one query. People who are not in the workspace are left out. */
export async function factsAt(db: Executor, views: readonly CanView[]): Promise<(CanView & CanFacts)[]> {
  if (views.length === 0) return [];
  const viewers = views.map(({ viewerId }) => viewerId);
  const conversations = views.map(({ conversationId }) => conversationId);
  return facts(db, sql`select distinct * from unnest(${viewers}::uuid[], ${conversations}::uuid[])`);
}

/** The facts of the members of conversations: of all, or of one person. */
export async function factsOfMembers(
  db: Executor,
  conversationIds: readonly string[],
  userId?: string,
): Promise<(CanView & CanFacts)[]> {
  if (conversationIds.length === 0) return [];
  return facts(
    db,
    sql`
      select account_id, conversation_id from conversation_member
      where conversation_id = any(${conversationIds}::uuid[])
        and (${userId ?? null}::uuid is null or account_id = ${userId ?? null}::uuid)
    `,
  );
}
