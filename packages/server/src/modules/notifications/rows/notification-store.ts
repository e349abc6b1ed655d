import { type NotificationType, sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { Page } from '../../../platform/module/index.ts';
import type { NotificationRow } from './tables.ts';

/** A notification to be written. */
export type NewNotification = Omit<NotificationRow, 'read_at' | 'created_at'>;

/**
 * Writes notifications, at most one for each person. One with the key of an unread one is merged into that: the text is
 * that of the newer one, and the counts are added.
 * @returns the stored rows
 */
export async function writeNotifications(
  tx: Transaction,
  rows: readonly NewNotification[],
): Promise<NotificationRow[]> {
  if (rows.length === 0) return [];
  const { rows: written } = await sql<NotificationRow>`
    insert into notification as n (
      id, account_id, type, cause, title, body, link, workspace_id, conversation_id, message_id, message_seq,
      thread_id, task_id, actor_ids, count, group_key, shown, created_at, updated_at
    )
    select id, account_id, type, cause, title, body, link, workspace_id, conversation_id, message_id, message_seq,
      thread_id, task_id, actor_ids, count, group_key, shown, updated_at, updated_at
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (
      id uuid, account_id uuid, type text, cause text, title text, body text, link text, workspace_id uuid,
      conversation_id uuid, message_id uuid, message_seq bigint, thread_id uuid, task_id uuid, actor_ids uuid[],
      count int, group_key text, shown boolean, updated_at timestamptz
    )
    order by account_id, group_key, id
    on conflict (account_id, group_key) where read_at is null and group_key is not null do update
    set title = excluded.title, body = excluded.body, link = excluded.link, message_id = excluded.message_id,
      message_seq = excluded.message_seq, count = n.count + excluded.count, shown = n.shown or excluded.shown,
      updated_at = greatest(n.updated_at, excluded.updated_at),
      actor_ids = (excluded.actor_ids ||
        array(select a.id from unnest(n.actor_ids) with ordinality a (id, at)
          where a.id <> all(excluded.actor_ids) order by a.at))[1:20]
    returning n.*
  `.execute(tx);
  return written;
}

/** Notifications by id. */
export async function notificationsById(db: Executor, ids: readonly string[]): Promise<Map<string, NotificationRow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<NotificationRow>`select * from notification where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The start of a page of the list. */
export interface ListPosition {
  at: Date;
  id: string;
}

export interface ListFilter {
  userId: string;
  type?: NotificationType | undefined;
  workspaceId?: string | undefined;
  unread?: boolean | undefined;
}

/** A person's notifications, most recent first. */
export async function notificationPage(
  db: Executor,
  { userId, type, workspaceId, unread }: ListFilter,
  { after, limit }: Page<ListPosition>,
): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    select * from notification
    where account_id = ${userId} and shown
      ${type === undefined ? sql`` : sql`and type = ${type}`}
      ${workspaceId === undefined ? sql`` : sql`and workspace_id = ${workspaceId}`}
      ${unread === undefined ? sql`` : unread ? sql`and read_at is null` : sql`and read_at is not null`}
      ${after === undefined ? sql`` : sql`and (updated_at, id) < (${after.at}, ${after.id})`}
    order by updated_at desc, id desc
    limit ${limit}
  `.execute(db);
  return rows;
}

/** The number of unread notifications of people, up to a limit; people without any are missing. */
export async function unreadCounts(db: Executor, userIds: readonly string[]): Promise<Map<string, number>> {
  if (userIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; unread: number }>`
    select p.id, u.unread from unnest(${[...new Set(userIds)]}::uuid[]) p (id), lateral (
      select count(*)::int as unread from (
        select from notification n where n.account_id = p.id and n.shown and n.read_at is null
        limit ${sizes.unreadNotifications}
      ) unread
    ) u
  `.execute(db);
  return new Map(rows.map(({ id, unread }) => [id, unread]));
}

/** The order in which notifications are locked everywhere: by person, then as follows. */
const lockOrder = sql`account_id, group_key, id`;

/** Marks unread notifications as read. @returns the ids of those that were unread */
export async function markRead(
  tx: Transaction,
  { userId, ids, now }: { userId: string; ids?: readonly string[]; now: Date },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    with unread as (
      select id from notification
      where account_id = ${userId} and read_at is null ${ids === undefined ? sql`` : sql`and id = any(${ids}::uuid[])`}
      order by ${lockOrder} for update
    )
    update notification n set read_at = ${now} from unread where unread.id = n.id returning n.id
  `.execute(tx);
  return rows.map(({ id }) => id);
}

/** How far a person has read a conversation. */
export interface ReadConversation {
  conversationId: string;
  userId: string;
  readSeq: number;
}

/**
 * Marks notifications about messages as read that people have read. Replies are read with their thread, unless they
 * mention the person. @returns the recipients
 */
export async function markMessagesRead(
  tx: Transaction,
  reads: readonly ReadConversation[],
  now: Date,
): Promise<Pick<NotificationRow, 'id' | 'account_id'>[]> {
  const { rows } = await sql<Pick<NotificationRow, 'id' | 'account_id'>>`
    with unread as (
      select n.id from unnest(
        ${reads.map(({ conversationId }) => conversationId)}::uuid[],
        ${reads.map(({ userId }) => userId)}::uuid[],
        ${reads.map(({ readSeq }) => readSeq)}::bigint[]
      ) r (conversation_id, account_id, read_seq)
      join notification n using (conversation_id, account_id)
      where n.read_at is null and n.message_seq <= r.read_seq and (n.thread_id is null or n.type = 'mention')
      order by n.account_id, n.group_key, n.id
      for update of n
    )
    update notification n set read_at = ${now} from unread where unread.id = n.id returning n.id, n.account_id
  `.execute(tx);
  return rows;
}

/** Marks notifications about replies in a thread as read that a person has read. @returns the recipients */
export async function markThreadRead(
  tx: Transaction,
  { conversationId, threadId, userId, readSeq }: ReadConversation & { threadId: string },
  now: Date,
): Promise<Pick<NotificationRow, 'id' | 'account_id'>[]> {
  const { rows } = await sql<Pick<NotificationRow, 'id' | 'account_id'>>`
    with unread as (
      select id from notification
      where conversation_id = ${conversationId} and account_id = ${userId} and thread_id = ${threadId}
        and read_at is null and message_seq <= ${readSeq}
      order by ${lockOrder} for update
    )
    update notification n set read_at = ${now} from unread where unread.id = n.id returning n.id, n.account_id
  `.execute(tx);
  return rows;
}

/** Sets the positions of messages in notifications that the transaction has written. */
export async function setMessagePositions(
  tx: Transaction,
  messages: readonly { id: string; seq: number }[],
): Promise<void> {
  await sql`
    update notification n
    set message_seq = m.seq, link = case when n.thread_id is null then n.link || '?at=' || m.seq else n.link end
    from unnest(${messages.map(({ id }) => id)}::uuid[], ${messages.map(({ seq }) => seq)}::bigint[]) m (id, seq)
    where n.message_id = m.id
  `.execute(tx);
}

/** Updates the quotes of a message in notifications. @returns the visible ones */
export async function updateQuotes(
  tx: Transaction,
  messageId: string,
  body: string,
): Promise<Pick<NotificationRow, 'id' | 'account_id'>[]> {
  const { rows } = await sql<Pick<NotificationRow, 'id' | 'account_id' | 'shown'>>`
    with quoting as (
      select id from notification where message_id = ${messageId} order by ${lockOrder} for update
    )
    update notification n set body = ${body} from quoting where quoting.id = n.id
    returning n.id, n.account_id, n.shown
  `.execute(tx);
  return rows.filter(({ shown }) => shown);
}

/**
 * Removes deleted messages from the notifications that quote them: those about nothing else are deleted, others count
 * fewer messages and show `body` instead.
 */
export async function dropMessages(
  tx: Transaction,
  messageIds: readonly string[],
  body: string,
  mentionsOf?: readonly string[],
): Promise<Pick<NotificationRow, 'id' | 'account_id' | 'count' | 'shown'>[]> {
  const only = mentionsOf === undefined ? sql`` : sql`and type = 'mention' and account_id = any(${mentionsOf}::uuid[])`;
  const { rows } = await sql<Pick<NotificationRow, 'id' | 'account_id' | 'count' | 'shown'>>`
    with quoting as (
      select id, count from notification where message_id = any(${messageIds}::uuid[]) ${only}
      order by ${lockOrder} for update
    ), gone as (
      delete from notification n using quoting q where q.id = n.id and q.count = 1
      returning n.id, n.account_id, 0 as count, n.shown
    ), kept as (
      update notification n set body = ${body}, message_id = null, count = q.count - 1
      from quoting q where q.id = n.id and q.count > 1
      returning n.id, n.account_id, n.count, n.shown
    )
    select * from gone union all select * from kept
  `.execute(tx);
  return rows;
}

/** The subject of notifications. */
export interface About {
  taskIds?: readonly string[];
  conversationIds?: readonly string[];
  workspaceId?: string;
  /** Only notifications of this person. */
  userId?: string;
}

/** Deletes notifications about something. @returns the recipients */
export async function deleteNotifications(
  tx: Transaction,
  { taskIds, conversationIds, workspaceId, userId }: About,
): Promise<Pick<NotificationRow, 'id' | 'account_id'>[]> {
  const about =
    taskIds !== undefined
      ? sql`task_id = any(${taskIds}::uuid[])`
      : conversationIds !== undefined
        ? sql`conversation_id = any(${conversationIds}::uuid[])`
        : sql`workspace_id = ${workspaceId}`;
  const { rows } = await sql<Pick<NotificationRow, 'id' | 'account_id'>>`
    with gone as (
      select id from notification where ${about} ${userId === undefined ? sql`` : sql`and account_id = ${userId}`}
      order by ${lockOrder} for update
    )
    delete from notification n using gone where gone.id = n.id returning n.id, n.account_id
  `.execute(tx);
  return rows;
}

/** Unread notifications of a person for which a mail is still wanted. */
export async function unreadSince(
  db: Executor,
  userId: string,
  since: Date,
  limit: number,
): Promise<NotificationRow[]> {
  const { rows } = await sql<NotificationRow>`
    select * from notification
    where account_id = ${userId} and read_at is null and updated_at >= ${since}
    order by updated_at desc, id desc limit ${limit}
  `.execute(db);
  return rows;
}

/** Deletes notifications that were read long ago. @returns how many were deleted */
export async function pruneNotifications(db: Executor, days: number, limit: number): Promise<number> {
  const { rows } = await sql<{ id: string }>`
    delete from notification where id in (
      select id from notification where read_at < now() - ${days} * interval '1 day' order by read_at limit ${limit}
    ) returning id
  `.execute(db);
  return rows.length;
}
