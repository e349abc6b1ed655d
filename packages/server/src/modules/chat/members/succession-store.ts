import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { ConversationMemberRow, ConversationRow } from '../rows/tables.ts';
import type { Candidate } from './succession-policy.ts';

/** A member of a conversation that may have lost its last manager. */
export interface MemberWithoutManager extends Candidate, Pick<ConversationRow, 'kind' | 'visibility'> {
  conversationId: string;
}

/** All members of those of the conversations that have no manager who is a person. */
export async function membersWithoutManager(
  db: Executor,
  conversationIds: readonly string[],
): Promise<MemberWithoutManager[]> {
  const { rows } = await sql<MemberWithoutManager>`
    select c.id as "conversationId", c.kind, c.visibility, m.account_id as "userId", m.role,
      w.role as "workspaceRole", a.is_bot as "isBot", m.joined_at as "joinedAt"
    from conversation c
    join conversation_member m on m.conversation_id = c.id
    join workspace_member w on w.workspace_id = c.workspace_id and w.account_id = m.account_id
    join person a on a.id = m.account_id
    where c.id = any(${conversationIds}::uuid[]) and c.visibility = 'private' and c.kind <> 'direct'
      and not exists (
        select from conversation_member manager
        join person on person.id = manager.account_id and not person.is_bot
        where manager.conversation_id = c.id and manager.role = 'manager'
      )
    order by c.id, m.account_id
  `.execute(db);
  return rows;
}

/** Changes a member's role; the caller has locked the conversation. */
export async function setRole(
  tx: Transaction,
  { conversationId, userId }: { conversationId: string; userId: string },
  role: ConversationMemberRow['role'],
): Promise<ConversationMemberRow | undefined> {
  return tx
    .updateTable('conversation_member')
    .set({ role })
    .where('conversation_id', '=', conversationId)
    .where('account_id', '=', userId)
    .returningAll()
    .executeTakeFirst();
}
