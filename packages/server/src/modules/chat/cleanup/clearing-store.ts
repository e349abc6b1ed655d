import { sql } from 'kysely';
import type { Executor } from '../../../platform/database/index.ts';
import { ITEM_TABLES, type ItemTable } from './items.ts';

/** Deleted conversations that may still have rows, in the order of deletion. */
export async function removedConversations(db: Executor, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from removed_conversation order by removed_at, id limit ${limit}
  `.execute(db);
  return rows.map(({ id }) => id);
}

/**
 * Deletes a batch of rows that belong to a conversation. Rows that another transaction has locked are left for later.
 * @returns how many rows it found
 */
export async function clearItems(
  db: Executor,
  table: ItemTable,
  conversationId: string,
  batch: number,
): Promise<number> {
  const { numAffectedRows } = await itemsBatch(table, conversationId, batch).execute(db);
  return Number(numAffectedRows ?? 0);
}

/** By physical position: some of these tables have no key that begins with the conversation. */
export function itemsBatch(table: ItemTable, conversationId: string, batch: number) {
  return sql`
    delete from ${sql.table(table)} where ctid = any(array(
      select ctid from ${sql.table(table)} where conversation_id = ${conversationId} limit ${batch}
      for update skip locked
    ))
  `;
}

/** Deletes a batch of the messages of a conversation, with their revisions. @returns how many it found */
export async function clearMessages(db: Executor, conversationId: string, batch: number): Promise<number> {
  const { rows } = await messagesBatch(conversationId, batch).execute(db);
  return rows[0]?.found ?? 0;
}

/** The first ones, by the key. */
export function messagesBatch(conversationId: string, batch: number) {
  return sql<{ found: number }>`
    with first as materialized (
      select id, seq from message where conversation_id = ${conversationId} order by seq limit ${batch}
    ), revisions as (
      delete from message_revision where message_id = any(array(select id from first))
    ), gone as (
      delete from message where conversation_id = ${conversationId} and seq <= (select max(seq) from first)
    )
    select count(*) as found from first
  `;
}

/** Deletes the record of a deleted conversation that has no more rows. */
export async function deleteRemovedConversation(db: Executor, conversationId: string): Promise<void> {
  const tables = ['message', ...ITEM_TABLES].map((name) => sql.table(name));
  const empty = tables.map((table) => sql`not exists (select from ${table} where conversation_id = ${conversationId})`);
  await sql`
    delete from removed_conversation where id = ${conversationId} and ${sql.join(empty, sql` and `)}
  `.execute(db);
}
