import { type RawBuilder, sql } from 'kysely';
import type { Transaction } from '../../../platform/database/index.ts';
import { lockFollowers } from '../threads/store.ts';

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

/** Rows that one statement forgets. */
const BITE = 20_000;

/** What is kept for a person, with the order in which its rows are locked, here and where messages are removed. */
const BELONGINGS = {
  draft: 'conversation_id, thread_id',
  saved_message: 'message_id',
  thread_follower: 'thread_id',
  mention: 'conversation_id, seq',
};

/** Forgets what somebody kept for themselves, everywhere: their account goes. */
export async function deletePersonalItems(tx: Transaction, accountId: string, bite = BITE): Promise<void> {
  for (const table of ['draft', 'saved_message', 'thread_follower', 'mention'] as const) {
    await forget(tx, table, sql`account_id = ${accountId}`, bite);
  }
}

/**
 * Forgets what somebody had begun to write in conversations, the threads that they followed and where they were mentioned
 * there: they have left.
 */
export async function deletePersonalItemsIn(
  tx: Transaction,
  userId: string,
  conversationIds: readonly string[],
): Promise<void> {
  for (const table of ['draft', 'thread_follower', 'mention'] as const) {
    await forget(tx, table, sql`account_id = ${userId} and conversation_id = any(${conversationIds}::uuid[])`);
  }
}

/** Many small statements: of one that is too long nothing would come. */
async function forget(
  tx: Transaction,
  name: keyof typeof BELONGINGS,
  whose: RawBuilder<unknown>,
  bite = BITE,
): Promise<void> {
  const table = sql.table(name);
  for (;;) {
    const { rows } = await sql`
      select from ${table} where ${whose} order by ${sql.raw(BELONGINGS[name])} limit ${bite} for update
    `.execute(tx);
    if (rows.length === 0) return;
    await sql`
      delete from ${table} where ctid in (
        select ctid from ${table} where ${whose} order by ${sql.raw(BELONGINGS[name])} limit ${bite}
      )
    `.execute(tx);
  }
}
