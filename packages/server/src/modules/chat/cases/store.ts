import type { SupportStatus } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { IdPage } from '../../../platform/module/index.ts';
import type { ConversationRow } from '../rows/tables.ts';

/** The filter of a workspace's cases. */
export interface QueueQuery {
  workspaceId: string;
  viewerId: string;
  /** undefined: all that are not closed. */
  status: SupportStatus | undefined;
  assigneeId: string | undefined;
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

/**
 * The oldest open case of each person in a workspace. Transactions that call this for the same person run one after the
 * other.
 */
export async function openCasesOf(
  tx: Transaction,
  workspaceId: string,
  userIds: readonly string[],
): Promise<Map<string, string>> {
  await sql`
    select pg_advisory_xact_lock(hashtextextended(key, 0))
    from unnest(${userIds.map((id) => `support/${workspaceId}/${id}`).sort()}::text[]) with ordinality as k (key, n)
    order by n
  `.execute(tx);
  const { rows } = await sql<{ userId: string; id: string }>`
    select c.customer_id as "userId", c.id from conversation c
    join conversation_member m on m.conversation_id = c.id and m.account_id = c.customer_id
    where c.workspace_id = ${workspaceId} and c.kind = 'support' and c.customer_id = any(${userIds}::uuid[])
      and c.support_status <> 'closed' and c.archived_at is null
    order by c.id desc
  `.execute(tx);
  return new Map(rows.map(({ userId, id }) => [userId, id]));
}

/** The number of open cases of a workspace by assignee; null: unassigned. */
export async function casesByAssignee(db: Executor, workspaceId: string): Promise<Map<string | null, number>> {
  const { rows } = await sql<{ assigneeId: string | null; count: number }>`
    select case support_status when 'assigned' then assignee_id end as "assigneeId", count(*) as count
    from conversation
    where workspace_id = ${workspaceId} and kind = 'support' and archived_at is null and support_status <> 'closed'
    group by 1
  `.execute(db);
  return new Map(rows.map(({ assigneeId, count }) => [assigneeId, count]));
}

/** Changes the status of a case; the caller has locked it. */
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

/**
 * Removes the assignee or former assignee of cases; the caller has locked them.
 * @returns those cases, with their previous status
 */
export async function unassignCases(
  tx: Transaction,
  userId: string,
  conversationIds: readonly string[],
): Promise<{ id: string; workspaceId: string; before: SupportStatus }[]> {
  const { rows } = await sql<{ id: string; workspaceId: string; before: SupportStatus }>`
    update conversation set assignee_id = null, version = version + 1,
      support_status = case support_status when 'assigned' then 'unassigned' else support_status end
    where id = any(${conversationIds}::uuid[]) and assignee_id = ${userId}
    returning id, workspace_id as "workspaceId",
      case support_status when 'unassigned' then 'assigned' else support_status end as before
  `.execute(tx);
  return rows;
}
