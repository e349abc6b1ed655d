import type { ConversationKind, Message } from '@atrium/protocol';
import { sql } from 'kysely';
import type pg from 'pg';
import type { Executor } from '../../platform/database/index.ts';
import type { MessageRow } from './tables.ts';

/** A message that is to be written, with what its sender's node believes of the conversation. */
export interface MessageDraft {
  id: string;
  conversationId: string;
  senderId: string;
  clientMessageId: string;
  type: Message['type'];
  content: string;
  replyTo: string | null;
  /** The stream's audience_seq when the members were read: the message counts only if that still holds. */
  audienceSeq: number;
}

/** A message as it is stored now; `known`: it had been sent before, maybe with other content. */
export interface WrittenMessage extends MessageRow {
  n: number;
  known: boolean;
}

/**
 * One statement, one round trip, one commit for many messages: recognises those that were sent before, checks that the
 * audience is still the one their senders were checked against, takes the numbers under the row locks of the streams
 * in the order of their names, and writes messages and events.
 */
const WRITE = `
  with input as materialized (
    select *, 'conversation:' || conversation_id as stream
    from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::bigint[])
      with ordinality as t (id, conversation_id, sender_id, client_message_id, type, content, reply_to, audience_seq, n)
  ), known as materialized (
    select i.n, m.*
    from input i
    join message m using (conversation_id, sender_id, client_message_id)
  ), fresh as materialized (
    select i.*, row_number() over (partition by i.stream order by i.n) as rank
    from input i
    where not exists (select 1 from known k where k.n = i.n)
  ), wanted as materialized (
    select stream, count(*) as count, min(audience_seq) as audience_seq from fresh group by stream
  ), locked as materialized (
    select s.name, s.seq, w.count
    from stream s
    join wanted w on w.stream = s.name and w.audience_seq = s.audience_seq
    order by s.name
    for no key update of s
  ), head as (
    update stream s set seq = l.seq + l.count
    from locked l
    where s.name = l.name
    returning s.name, l.seq
  ), written as (
    insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, reply_to, created_at)
    select f.id, f.conversation_id, h.seq + f.rank, f.sender_id, f.client_message_id, f.type, f.content, f.reply_to, now()
    from fresh f
    join head h on h.name = f.stream
    order by f.stream, f.rank
    returning *
  ), logged as (
    insert into event (stream, seq, type, actor_id, body)
    select 'conversation:' || conversation_id, seq, 'message:receive', sender_id, json_build_object('messageId', id)
    from written
  )
  select i.n, false as known, w.* from written w join input i on i.id = w.id
  union all
  select k.n, true, k.id, k.conversation_id, k.seq, k.sender_id, k.client_message_id, k.type, k.content, k.reply_to,
    k.created_at
  from known k
`;

/**
 * Writes messages.
 * @returns in any order, `n` counting from 1; a draft without a row was not written, because its audience has changed
 * @throws a unique violation when another node has just written one of the drafts; nothing is written then
 */
export async function writeMessages(pool: pg.Pool, drafts: readonly MessageDraft[]): Promise<WrittenMessage[]> {
  const { rows } = await pool.query<WrittenMessage>({
    name: 'write-messages',
    text: WRITE,
    values: [
      drafts.map((draft) => draft.id),
      drafts.map((draft) => draft.conversationId),
      drafts.map((draft) => draft.senderId),
      drafts.map((draft) => draft.clientMessageId),
      drafts.map((draft) => draft.type),
      drafts.map((draft) => draft.content),
      drafts.map((draft) => draft.replyTo),
      drafts.map((draft) => draft.audienceSeq),
    ],
  });
  return rows;
}

/** What must be known of a conversation to let someone send to it. */
export interface Room {
  workspaceId: string;
  kind: ConversationKind;
  archived: boolean;
  members: ReadonlySet<string>;
  /** The stream's audience_seq at which all this was true. */
  audienceSeq: number;
}

interface RoomRow {
  workspace_id: string;
  kind: ConversationKind;
  archived: boolean;
  audience_seq: number;
  member_ids: string[];
}

/** The room with its members, as of one moment; undefined when the conversation is gone. */
export async function readRoom(db: Executor, conversationId: string): Promise<Room | undefined> {
  const { rows } = await sql<RoomRow>`
    select c.workspace_id, c.kind, c.archived_at is not null as archived, s.audience_seq,
      array(select account_id::text from conversation_member where conversation_id = c.id) as member_ids
    from conversation c
    join stream s on s.name = 'conversation:' || c.id
    where c.id = ${conversationId}
  `.execute(db);
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    workspaceId: row.workspace_id,
    kind: row.kind,
    archived: row.archived,
    members: new Set(row.member_ids),
    audienceSeq: row.audience_seq,
  };
}
