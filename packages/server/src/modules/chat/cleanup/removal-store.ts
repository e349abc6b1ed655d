import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { lockFollowers } from '../threads/store.ts';
import { PERSONAL_ITEMS } from './items.ts';

/** What people kept of messages that say nothing any more. */
export interface DeletedItems {
  pins: string[];
  saved: { userId: string; messageId: string }[];
  /** Places in threads that began with one of them. */
  followers: { userId: string; threadId: string }[];
  /** Drafts of replies in those threads. */
  drafts: { userId: string; threadId: string }[];
}

/**
 * Drops what is kept of messages of a conversation that the caller has locked: all of those that are gone, and of those
 * that keep their place all but their threads.
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
  // In the order in which an account that goes forgets them.
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

/** Rows that one statement deletes. */
const BATCH = 20_000;

/** Deletes what somebody has for themselves, everywhere: their account goes. */
export async function deletePersonalItems(tx: Transaction, accountId: string, batch = BATCH): Promise<void> {
  for (const item of PERSONAL_ITEMS) await deleteWhere(tx, item, sql`account_id = ${accountId}`, batch);
}

/** Deletes what goes when somebody leaves conversations: drafts, threads that they followed, mentions of them. */
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

/** Many small statements: of one that is too long nothing would come. */
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
