import type { PreferenceChanges } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { ConversationLevelRow } from './tables.ts';

/** People's changes of the default preferences; people without changes are missing. */
export async function settingsOf(db: Executor, userIds: readonly string[]): Promise<Map<string, PreferenceChanges>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await sql<{ account_id: string; changes: PreferenceChanges }>`
    select account_id, changes from notification_settings where account_id = any(${userIds}::uuid[])
  `.execute(db);
  return new Map(rows.map(({ account_id, changes }) => [account_id, changes]));
}

/** The settings of a person, locked; the row is created if there is none. */
export async function lockSettings(tx: Transaction, userId: string): Promise<PreferenceChanges> {
  const { rows } = await sql<{ changes: PreferenceChanges }>`
    insert into notification_settings (account_id, changes) values (${userId}, '{}')
    on conflict (account_id) do update set changes = notification_settings.changes
    returning changes
  `.execute(tx);
  return rows[0]?.changes ?? {};
}

/** The secret that signs links in mails to a person: the stored one, or else the given one, which is stored. */
export async function keepUnsubscribeKey(tx: Transaction, userId: string, key: Buffer): Promise<Buffer> {
  const { rows } = await sql<{ unsubscribe_key: Buffer }>`
    insert into notification_settings as s (account_id, changes, unsubscribe_key) values (${userId}, '{}', ${key})
    on conflict (account_id) do update set unsubscribe_key = coalesce(s.unsubscribe_key, excluded.unsubscribe_key)
    returning unsubscribe_key
  `.execute(tx);
  return rows[0]?.unsubscribe_key ?? key;
}

/**
 * The secret that signs links in mails to a person; undefined if they never got such a mail, or their account is
 * deleted.
 */
export async function unsubscribeKeyOf(db: Executor, userId: string): Promise<Buffer | undefined> {
  const { rows } = await sql<{ unsubscribe_key: Buffer | null }>`
    select unsubscribe_key from notification_settings where account_id = ${userId}
  `.execute(db);
  return rows[0]?.unsubscribe_key ?? undefined;
}

export async function saveSettings(tx: Transaction, userId: string, changes: PreferenceChanges): Promise<void> {
  await sql`
    update notification_settings set changes = ${JSON.stringify(changes)}::jsonb where account_id = ${userId}
  `.execute(tx);
}

/** People's levels for conversations that have not expired: by conversation, then by account. */
export async function levelsIn(
  db: Executor,
  conversationIds: readonly string[],
  userIds?: readonly string[],
): Promise<Map<string, Map<string, ConversationLevelRow['level']>>> {
  const levels = new Map<string, Map<string, ConversationLevelRow['level']>>();
  if (conversationIds.length === 0) return levels;
  const { rows } = await sql<ConversationLevelRow>`
    select * from conversation_notifications
    where conversation_id = any(${conversationIds}::uuid[]) and coalesce(until > now(), true)
      ${userIds === undefined ? sql`` : sql`and account_id = any(${userIds}::uuid[])`}
  `.execute(db);
  for (const { account_id, conversation_id, level } of rows) {
    const inConversation = levels.get(conversation_id) ?? new Map<string, ConversationLevelRow['level']>();
    levels.set(conversation_id, inConversation.set(account_id, level));
  }
  return levels;
}

/** Whether somebody wants to be notified of every message of a conversation, now or after a level expires. */
export async function isWatched(db: Executor, conversationId: string): Promise<boolean> {
  const { rows } = await sql`
    select from conversation_notifications where conversation_id = ${conversationId} and level = 'all' limit 1
  `.execute(db);
  return rows.length > 0;
}

/** A person's levels for conversations, including expired ones. */
export async function levelsOf(db: Executor, userId: string): Promise<ConversationLevelRow[]> {
  const { rows } = await sql<ConversationLevelRow>`
    select * from conversation_notifications where account_id = ${userId} order by conversation_id
  `.execute(db);
  return rows;
}

/** The number of conversations for which a person has a level. */
export async function countLevels(db: Executor, userId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from conversation_notifications where account_id = ${userId}
  `.execute(db);
  return rows[0]?.count ?? 0;
}

export async function saveLevel(tx: Transaction, row: ConversationLevelRow): Promise<void> {
  await sql`
    insert into conversation_notifications (account_id, conversation_id, level, until)
    values (${row.account_id}, ${row.conversation_id}, ${row.level}, ${row.until})
    on conflict (account_id, conversation_id) do update set level = excluded.level, until = excluded.until
  `.execute(tx);
}

export async function deleteLevel(tx: Transaction, userId: string, conversationId: string): Promise<void> {
  await sql`
    delete from conversation_notifications where account_id = ${userId} and conversation_id = ${conversationId}
  `.execute(tx);
}

/** Deletes everybody's levels for deleted conversations. */
export async function deleteLevelsIn(
  tx: Transaction,
  conversationIds: readonly string[],
): Promise<ConversationLevelRow[]> {
  const { rows } = await sql<ConversationLevelRow>`
    delete from conversation_notifications where conversation_id = any(${conversationIds}::uuid[]) returning *
  `.execute(tx);
  return rows;
}

/** Deletes all notification data of a person. */
export async function deleteNotificationsOf(tx: Transaction, userId: string): Promise<void> {
  await sql`delete from notification where account_id = ${userId}`.execute(tx);
  await sql`delete from notification_decision where account_id = ${userId}`.execute(tx);
  await sql`delete from notification_settings where account_id = ${userId}`.execute(tx);
  await sql`delete from conversation_notifications where account_id = ${userId}`.execute(tx);
}
