import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';

/** A message in the export of its author. */
export interface SentMessage {
  id: string;
  conversationId: string;
  seq: number;
  createdAt: Date;
  type: string;
  content: string;
  replyTo: string | null;
  editedAt: Date | null;
  /** Set if the message was deleted; then there is no content. */
  deletedAt: Date | null;
}

/** Conversations in which a person wrote, including those that they have left; one page, sorted by id. */
export async function conversationsWrittenIn(
  db: Executor,
  senderId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<{ id: string }[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id from conversation c
    where ${after === undefined ? sql`true` : sql`c.id > ${after}`}
      and exists (select from message m where m.conversation_id = c.id and m.sender_id = ${senderId})
    order by c.id limit ${limit}
  `.execute(db);
  return rows;
}

/** A person's messages in one conversation, in order; one page. */
export async function messagesSentIn(
  db: Executor,
  { senderId, conversationId }: { senderId: string; conversationId: string },
  { after, limit }: { after: number | undefined; limit: number },
): Promise<SentMessage[]> {
  const { rows } = await sql<SentMessage>`
    select id, conversation_id as "conversationId", seq, created_at as "createdAt", type, content, reply_to as "replyTo",
      edited_at as "editedAt", deleted_at as "deletedAt"
    from message
    where conversation_id = ${conversationId} and sender_id = ${senderId} and seq > ${after ?? 0}
    order by seq limit ${limit}
  `.execute(db);
  return rows;
}

/** A person's saved messages, which are at most `sizes.saved`. */
export async function savedBy(db: Executor, accountId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    select s.conversation_id as "conversationId", s.message_id as "messageId", s.saved_at as "savedAt"
    from saved_message s join conversation c on c.id = s.conversation_id
    where s.account_id = ${accountId} order by s.saved_at
  `.execute(db);
  return rows;
}

/** A person's drafts, which are at most `sizes.drafts`. */
export async function draftsBy(db: Executor, accountId: string): Promise<object[]> {
  const { rows } = await sql<object>`
    select d.conversation_id as "conversationId", d.thread_id as "threadId", d.content, d.updated_at as "updatedAt"
    from draft d join conversation c on c.id = d.conversation_id
    where d.account_id = ${accountId} order by d.updated_at
  `.execute(db);
  return rows;
}
