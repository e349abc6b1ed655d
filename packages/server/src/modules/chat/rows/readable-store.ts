import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** The ids of the conversations that a user is a member of, and of all public channels of these workspaces. */
export async function conversationIdsFor(
  db: Executor,
  userId: string,
  openWorkspaceIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select conversation_id as id from conversation_member where account_id = ${userId}
    union
    select id from conversation
    where workspace_id = any(${openWorkspaceIds}::uuid[]) and kind = 'channel' and visibility = 'public'
  `.execute(db);
  return rows.map((row) => row.id);
}

/** Those of several people who wrote a message in one of these conversations that still exists. */
export async function writersAmong(
  db: Executor,
  senderIds: readonly string[],
  conversationIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from unnest(${[...new Set(senderIds)]}::uuid[]) s (id)
    where exists (
      select from unnest(${conversationIds}::uuid[]) c (id)
      where exists (
        select from message m
        where m.conversation_id = c.id and m.sender_id = s.id and m.deleted_at is null
      )
    )
  `.execute(db);
  return rows.map(({ id }) => id);
}
