import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { DraftRow } from '../rows/tables.ts';

/** The place of a draft: a conversation, or one of its threads. */
export interface DraftKey {
  userId: string;
  conversationId: string;
  threadId: string | null;
}

/** Saves a draft. @returns false if it is unchanged */
export async function putDraft(
  tx: Transaction,
  { userId, conversationId, threadId }: DraftKey,
  { content, at, clientMessageId }: { content: string; at: Date; clientMessageId: string | null },
): Promise<boolean> {
  const { rows } = await sql`
    insert into draft as d (account_id, conversation_id, thread_id, content, updated_at, client_message_id)
    values (${userId}, ${conversationId}, ${threadId}, ${content}, ${at}, ${clientMessageId})
    on conflict (account_id, conversation_id, thread_id) do update set content = excluded.content,
      updated_at = excluded.updated_at, client_message_id = excluded.client_message_id
    where d.content <> excluded.content or d.client_message_id is distinct from excluded.client_message_id
    returning 1
  `.execute(tx);
  return rows.length > 0;
}

/**
 * Deletes a draft.
 * @param sent the message that was sent: a draft of another message is kept
 * @returns false if there was none
 */
export async function deleteDraft(
  tx: Transaction,
  { userId, conversationId, threadId }: DraftKey,
  sent?: string,
): Promise<boolean> {
  const { rows } = await sql`
    delete from draft
    where account_id = ${userId} and conversation_id = ${conversationId} and thread_id is not distinct from ${threadId}::uuid
      and (${sent ?? null}::uuid is null or coalesce(client_message_id, ${sent ?? null}::uuid) = ${sent ?? null}::uuid)
    returning 1
  `.execute(tx);
  return rows.length > 0;
}

/** The number of a user's drafts. */
export async function countDrafts(db: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from draft d join conversation c on c.id = d.conversation_id
    where d.account_id = ${userId}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

/** The drafts in these places; places without a draft are missing. */
export async function draftsAt(db: Executor, places: readonly DraftKey[]): Promise<DraftRow[]> {
  const { rows } = await sql<DraftRow>`
    select distinct d.*
    from unnest(
      ${places.map(({ userId }) => userId)}::uuid[],
      ${places.map(({ conversationId }) => conversationId)}::uuid[],
      ${places.map(({ threadId }) => threadId)}::uuid[]
    ) as place (account_id, conversation_id, thread_id)
    join draft d on d.account_id = place.account_id and d.conversation_id = place.conversation_id
      and d.thread_id is not distinct from place.thread_id
  `.execute(db);
  return rows;
}
