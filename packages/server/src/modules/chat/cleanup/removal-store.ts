import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { lockFollowers } from '../threads/store.ts';
import { PERSONAL_ITEMS } from './items.ts';

/** Items of people that were deleted with messages. */
export interface DeletedItems {
  pins: string[];
  saved: { userId: string; messageId: string }[];
  /** Positions in threads whose first message is one of them. */
  followers: { userId: string; threadId: string }[];
  /** Drafts of replies in those threads. */
  drafts: { userId: string; threadId: string }[];
}

/**
 * Deletes items of messages in a conversation that the caller has locked: all items of removed messages, and all but
 * the threads of messages that keep their place.
 */
export async function deleteMessageItems(
  tx: Transaction,
  conversationId: string,
  { gone, emptied }: { gone: readonly string[]; emptied: readonly string[] },
): Promise<DeletedItems> {
  const all = [...gone, ...emptied];
  await sql`delete from message_revision where message_id = any(${all}::uuid[])`.execute(tx);
  const pins = await sql<{ id: string }>`
    delete from pin where conversation_id = ${conversationId} and message_id = any(${all}::uuid[])
    returning message_id as id
  `.execute(tx);
  // In the order in which the deletion of an account deletes them.
  await sql`
    select from saved_message where message_id = any(${all}::uuid[]) order by account_id, message_id for update
  `.execute(tx);
  const saved = await sql<DeletedItems['saved'][number]>`
    delete from saved_message where message_id = any(${all}::uuid[])
    returning account_id as "userId", message_id as "messageId"
  `.execute(tx);
  await lockFollowers(tx, gone);
  const followers = await sql<DeletedItems['followers'][number]>`
    delete from thread_follower where thread_id = any(${gone}::uuid[])
    returning account_id as "userId", thread_id as "threadId"
  `.execute(tx);
  const drafts = await sql<DeletedItems['drafts'][number]>`
    delete from draft where conversation_id = ${conversationId} and thread_id = any(${gone}::uuid[])
    returning account_id as "userId", thread_id as "threadId"
  `.execute(tx);
  return { pins: pins.rows.map(({ id }) => id), saved: saved.rows, followers: followers.rows, drafts: drafts.rows };
}

/** Maximum number of rows that one statement deletes. */
const BATCH = 20_000;

/** Deletes all personal items of an account that is being deleted. */
export async function deletePersonalItems(tx: Transaction, accountId: string, batch = BATCH): Promise<void> {
  for (const item of PERSONAL_ITEMS) await deleteWhere(tx, item, sql`account_id = ${accountId}`, batch);
}

/** Deletes what belongs to former members of conversations: drafts, followed threads, mentions of them. */
export async function deletePersonalItemsIn(
  tx: Transaction,
  userId: string,
  conversationIds: readonly string[],
): Promise<void> {
  const theirs = sql`account_id = ${userId} and conversation_id = any(${conversationIds}::uuid[])`;
  for (const item of PERSONAL_ITEMS) {
    if (item.whenLeft === 'deleted') await deleteWhere(tx, item, theirs);
  }
}

/** Many small statements: one large one would run into the statement timeout. */
async function deleteWhere(
  tx: Transaction,
  item: (typeof PERSONAL_ITEMS)[number],
  whose: RawBuilder<unknown>,
  batch = BATCH,
): Promise<void> {
  const table = sql.table(item.table);
  const order = sql.raw(item.order);
  for (;;) {
    const { rows } = await sql`
      select from ${table} where ${whose} order by ${order} limit ${batch} for update
    `.execute(tx);
    if (rows.length === 0) return;
    await sql`
      delete from ${table} where ctid in (
        select ctid from ${table} where ${whose} order by ${order} limit ${batch}
      )
    `.execute(tx);
  }
}
