import type { SupportStatus, WorkspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage } from '../../../platform/module/index.ts';
import type { ConversationMemberRow, ConversationRow } from '../rows/tables.ts';
import type { CaseFacts } from './policy.ts';

/** Which cases of a workspace are asked for. */
export interface QueueQuery {
  workspaceId: string;
  viewerId: string;
  /** undefined: all that are not closed. */
  status: SupportStatus | undefined;
  assigneeId: string | undefined;
}

/** Who looks at which case. */
export type CaseView = {
  viewerId: string;
  conversationId: string;
};

/** What is to be known of people and cases, in one query; what is no case, and who is not in its workspace, is left out. */
export async function caseFacts(db: Executor, views: readonly CaseView[]): Promise<(CaseView & CaseFacts)[]> {
  if (views.length === 0) return [];
  const { rows } = await sql<
    CaseView & {
      visibility: ConversationRow['visibility'];
      archived: boolean;
      status: SupportStatus;
      mine: boolean;
      workspaceRole: WorkspaceRole;
      role: ConversationMemberRow['role'] | null;
    }
  >`
    select v.viewer_id as "viewerId", c.id as "conversationId", c.visibility, c.archived_at is not null as archived,
      c.support_status as status, c.assignee_id is not distinct from v.viewer_id as mine,
      w.role as "workspaceRole", m.role
    from (
      select distinct * from unnest(
        ${views.map(({ viewerId }) => viewerId)}::uuid[], ${views.map(({ conversationId }) => conversationId)}::uuid[]
      )
    ) v (viewer_id, conversation_id)
    join conversation c on c.id = v.conversation_id and c.kind = 'support'
    join workspace_member w on w.workspace_id = c.workspace_id and w.account_id = v.viewer_id
    left join conversation_member m on m.conversation_id = c.id and m.account_id = v.viewer_id
  `.execute(db);
  return rows.map(({ role, ...facts }) => ({ ...facts, kind: 'support', role: role ?? undefined }));
}

/** One page of the cases of a workspace, oldest first. */
export async function casePage(
  db: Executor,
  { workspaceId, viewerId, status, assigneeId }: QueueQuery,
  page: IdPage,
): Promise<(ConversationRow & { joined: boolean })[]> {
  const { rows } = await sql<ConversationRow & { joined: boolean }>`
    select c.*, exists (
      select from conversation_member m where m.conversation_id = c.id and m.account_id = ${viewerId}
    ) as joined
    from conversation c
    where c.workspace_id = ${workspaceId} and c.kind = 'support' and c.archived_at is null
      and case when ${status ?? null}::text is null then c.support_status <> 'closed'
        else c.support_status = ${status ?? null} end
      and (${assigneeId ?? null}::uuid is null or c.assignee_id = ${assigneeId ?? null}::uuid)
      and (${page.after ?? null}::uuid is null or c.id > ${page.after ?? null}::uuid)
    order by c.id
    limit ${page.limit}
  `.execute(db);
  return rows;
}

/** The case that a customer has open, if any. Asked one after the other until the transaction ends. */
export async function openCaseOf(
  tx: Transaction,
  workspaceId: string,
  customerId: string,
): Promise<string | undefined> {
  const key = `support/${workspaceId}/${customerId}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
    join conversation_member m on m.conversation_id = c.id and m.account_id = c.customer_id
    where c.workspace_id = ${workspaceId} and c.kind = 'support' and c.customer_id = ${customerId}
      and c.support_status <> 'closed' and c.archived_at is null
    order by c.id
    limit 1
  `.execute(tx);
  return rows[0]?.id;
}

/** Changes where a case stands; the caller has locked it. */
export async function updateCase(
  tx: Transaction,
  id: string,
  { status, assigneeId }: { status: SupportStatus; assigneeId: string | null },
): Promise<void> {
  await tx
    .updateTable('conversation')
    .set({ support_status: status, assignee_id: assigneeId, version: sql<number>`version + 1` })
    .where('id', '=', id)
    .execute();
}

/** Takes cases out of someone's hands; the caller has locked them. @returns those that they had or once had */
export async function takeCasesFrom(
  tx: Transaction,
  userId: string,
  conversationIds: readonly string[],
): Promise<{ id: string; workspaceId: string }[]> {
  const { rows } = await sql<{ id: string; workspaceId: string }>`
    update conversation set assignee_id = null, version = version + 1,
      support_status = case support_status when 'assigned' then 'unassigned' else support_status end
    where id = any(${conversationIds}::uuid[]) and assignee_id = ${userId}
    returning id, workspace_id as "workspaceId"
  `.execute(tx);
  return rows;
}
