import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { ConversationMemberRow, MessageRow } from './tables.ts';

/** A row of message in PostgreSQL's JSON form. */
export type MessageJson = {
  [Key in keyof MessageRow]: Date extends MessageRow[Key] ? Exclude<MessageRow[Key], Date> | string : MessageRow[Key];
};

/** Converts JSON to a row. */
export function messageFromJson(json: MessageJson): MessageRow {
  return {
    ...json,
    created_at: new Date(json.created_at),
    edited_at: json.edited_at === null ? null : new Date(json.edited_at),
    deleted_at: json.deleted_at === null ? null : new Date(json.deleted_at),
  };
}

/** Messages by id; ids without a message are missing. */
export async function messagesById(db: Executor, ids: readonly string[]): Promise<Map<string, MessageRow>> {
  const { rows } = await sql<MessageRow>`select * from message where id = any(${ids}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** What is known of a message without its content. */
export interface MessageReference {
  id: string;
  senderId: string;
  seq: number;
  threadId: string | null;
}

/** Messages without their content, by id; ids without a message are missing. */
export async function messageReferences(db: Executor, ids: readonly string[]): Promise<Map<string, MessageReference>> {
  const { rows } = await sql<MessageReference>`
    select id, sender_id as "senderId", seq, thread_id as "threadId" from message
    where id = any(${[...new Set(ids)]}::uuid[])
  `.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Locks a message against every other change of it; undefined if it does not exist. */
export async function lockMessage(tx: Transaction, id: string): Promise<MessageRow | undefined> {
  return tx.selectFrom('message').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
}

/**
 * Messages that were sent before with the same ids, in their original form, even if they were edited or deleted since.
 */
export async function sentBefore(
  db: Executor,
  drafts: readonly { conversationId: string; senderId: string; clientMessageId: string }[],
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow & { original: string | null }>`
    select m.*, first.content as original
    from unnest(
      ${drafts.map((draft) => draft.conversationId)}::uuid[],
      ${drafts.map((draft) => draft.senderId)}::uuid[],
      ${drafts.map((draft) => draft.clientMessageId)}::uuid[]
    ) as d (conversation_id, sender_id, client_message_id)
    join message m using (conversation_id, sender_id, client_message_id)
    left join message_revision first on first.message_id = m.id and first.version = 1
  `.execute(db);
  const later = { edited_at: null, deleted_at: null, version: 1, reactions: null, thread: null };
  return rows.map(({ original, ...row }) => ({ ...row, ...later, content: original ?? row.content }));
}

/** The requested part of a conversation's history. */
export interface MessageWindow {
  conversationId: string;
  /** Messages before this position are `older`, those at or after it `newer`. */
  pivot: number;
  /** Maximum number of each. */
  older: number;
  newer: number;
}

/** A part of the history, in order, and whether there is more at both ends. */
export interface MessagePage {
  rows: MessageRow[];
  moreBefore: boolean;
  moreAfter: boolean;
  /** The head of the conversation's stream at the time of the query. */
  asOf: number;
}

/**
 * One statement, so that rows, ends and head come from one snapshot. One extra row at each end tells whether there is
 * more.
 */
export function windowQuery({ conversationId, pivot, older, newer }: MessageWindow) {
  return sql<{ as_of: number } & { [Key in keyof MessageRow]: MessageRow[Key] | null }>`
    with older as (
      select * from message where conversation_id = ${conversationId} and seq < ${pivot}
      order by seq desc limit ${older + 1}
    ), newer as (
      select * from message where conversation_id = ${conversationId} and seq >= ${pivot}
      order by seq limit ${newer + 1}
    ), head as (
      select coalesce((select seq from stream_head where name = ${`conversation:${conversationId}`}), 0) as as_of
    )
    select head.as_of, page.*
    from head left join (select * from older union all select * from newer) page on true
    order by page.seq
  `;
}

/** Reads a part of a conversation's history. */
export async function messageWindow(db: Executor, window: MessageWindow): Promise<MessagePage> {
  const { rows } = await windowQuery(window).execute(db);
  const found = rows.filter((row): row is MessageRow & { as_of: number } => row.id !== null);
  const older = found.filter((row) => row.seq < window.pivot);
  const newer = found.filter((row) => row.seq >= window.pivot);
  return {
    rows: [...older.slice(Math.max(0, older.length - window.older)), ...newer.slice(0, window.newer)],
    moreBefore: older.length > window.older,
    moreAfter: newer.length > window.newer,
    asOf: rows[0]?.as_of ?? 0,
  };
}

/**
 * Whether a message `m` after a user's mark is unread for them: by others, and not a reply, which counts in its thread.
 * @param reader the account, as SQL
 */
export function countsAsUnread(reader: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(m.sender_id <> ${reader} and m.thread_id is null)`;
}

/** The position of the first message that a member has not read. */
export async function firstUnread(
  db: Executor,
  { conversation_id, account_id, read_seq }: ConversationMemberRow,
): Promise<number | undefined> {
  const { rows } = await sql<{ seq: number }>`
    select m.seq from message m
    where m.conversation_id = ${conversation_id} and m.seq > ${read_seq} and ${countsAsUnread(sql`${account_id}`)}
    order by m.seq
    limit 1
  `.execute(db);
  return rows[0]?.seq;
}
