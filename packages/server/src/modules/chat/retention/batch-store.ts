import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';

/** A range of messages in a conversation that the caller has locked. */
export interface Batch {
  conversationId: string;
  from: number;
  through: number;
}

/** Removes messages without a remaining reply. */
export async function removeMessages(
  tx: Transaction,
  { conversationId, from, through }: Batch,
): Promise<{ id: string; threadId: string | null }[]> {
  const { rows } = await sql<{ id: string; threadId: string | null }>`
    delete from message m
    where m.conversation_id = ${conversationId} and m.seq between ${from} and ${through}
      and (m.thread_id is not null or not exists (
        select from message r where r.thread_id = m.id and r.seq > ${through}
      ))
    returning m.id, m.thread_id as "threadId"
  `.execute(tx);
  return rows;
}

/** A message and its position in the conversation. */
export interface Position {
  id: string;
  seq: number;
}

/** Empties the remaining messages; only their positions stay. */
export async function emptyMessages(
  tx: Transaction,
  { conversationId, from, through }: Batch,
  now: Date,
): Promise<Position[]> {
  const { rows } = await sql<Position>`
    update message set content = '', deleted_at = coalesce(deleted_at, ${now}), reactions = null, mentions = null,
      mention_scope = null, attachments = null, version = version + 1
    where conversation_id = ${conversationId} and seq between ${from} and ${through}
    returning id, seq
  `.execute(tx);
  return rows;
}

/** Removes earlier messages that were emptied and whose last reply is gone. */
export async function removeUnneededRoots(
  tx: Transaction,
  { conversationId, from }: Batch,
  threadIds: readonly string[],
): Promise<Position[]> {
  const { rows } = await sql<Position>`
    delete from message m
    where m.id = any(${threadIds}::uuid[]) and m.conversation_id = ${conversationId} and m.seq < ${from}
      and not exists (select from message r where r.thread_id = m.id)
    returning m.id, m.seq
  `.execute(tx);
  return rows;
}

/** Deletes the mentions up to a position. */
export async function removeMentions(tx: Transaction, { conversationId, through }: Batch): Promise<void> {
  await sql`
    select from mention where conversation_id = ${conversationId} and seq <= ${through}
    order by seq, account_id for update
  `.execute(tx);
  await sql`delete from mention where conversation_id = ${conversationId} and seq <= ${through}`.execute(tx);
}

/**
 * Records that everything up to the end of the batch has expired. @returns whether an earlier message keeps its place
 */
export async function markExpired(tx: Transaction, { conversationId, from, through }: Batch): Promise<boolean> {
  await sql`update conversation set expired_seq = ${through} where id = ${conversationId}`.execute(tx);
  return hasBefore(tx, conversationId, from);
}

async function hasBefore(db: Executor, conversationId: string, seq: number): Promise<boolean> {
  const { rows } = await sql`
    select from message where conversation_id = ${conversationId} and seq < ${seq} limit 1
  `.execute(db);
  return rows.length > 0;
}
