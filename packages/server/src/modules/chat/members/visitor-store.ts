import { sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { isVisiting } from '../../workspaces/index.ts';

/** A guest or a customer in a conversation of their workspace. */
export interface Visitor {
  conversationId: string;
  workspaceId: string;
  userId: string;
}

/** The guests and customers in some conversations, and `leaverId`, who has just left them, if they are one. */
export async function visitorsIn(
  tx: Transaction,
  conversationIds: readonly string[],
  leaverId?: string,
): Promise<Visitor[]> {
  if (conversationIds.length === 0) return [];
  const { rows } = await sql<Visitor>`
    select c.id as "conversationId", c.workspace_id as "workspaceId", p.account_id as "userId"
    from (
      select conversation_id, account_id from conversation_member
      where conversation_id = any(${conversationIds}::uuid[])
      union
      select id, ${leaverId ?? null}::uuid from unnest(${conversationIds}::uuid[]) as id
    ) p
    join conversation c on c.id = p.conversation_id
    -- Looked up one by one, whatever the planner thinks: with figures of a time before a channel had its thousands of
    -- members it compared each of them with everyone in the workspace.
    cross join lateral (
      select from workspace_member me
      where me.workspace_id = c.workspace_id and me.account_id = p.account_id and ${isVisiting}
      limit 1
    ) visitor
    order by 1, 3
  `.execute(tx);
  return rows;
}
