import type { Message, MessageVia } from '@atrium/protocol';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Transaction } from '../../../platform/database/index.ts';

/** A message to be written, with what its node has cached about the conversation. */
export interface MessageDraft {
  id: string;
  conversationId: string;
  senderId: string;
  clientMessageId: string;
  type: Message['type'];
  content: string;
  replyTo: string | null;
  /** Set if the sender is not a person: then it need not be a member. */
  via?: MessageVia;
  /** The stream's audience_seq when the members were read: the message is written only if it is unchanged. */
  audienceSeq: number;
}

/** The number and time that a draft got. */
export interface Placed {
  id: string;
  seq: number;
  createdAt: Date;
}

/**
 * One statement, one round trip and one commit for many messages: it checks that the audience is unchanged since the
 * senders were checked, takes numbers under row locks of the streams in the order of their names, and writes messages
 * and events. The caller counts per stream, because every node of the plan costs more than a row. The limits on counts,
 * which always hold, tell the planner that there are few streams: otherwise it would read all of them, or plan each
 * time.
 */
export const WRITE = statement('');
/** The same, skipping streams that another transaction has locked: their drafts are not written. */
const WRITE_UNLOCKED = statement('skip locked');

function statement(locked: '' | 'skip locked'): string {
  return `
  with locked as materialized (
    select s.name, s.seq, w.count
    from unnest($9::text[], $10::int[], $11::bigint[]) as w (name, count, audience_seq)
    join stream s on s.name = w.name and s.audience_seq = w.audience_seq
    where w.count between 1 and 10000
    order by s.name
    for no key update of s ${locked}
  ), head as (
    update stream s set seq = l.seq + l.count
    from locked l
    where s.name = l.name
    returning s.name, l.seq
  ), written as (
    insert into message (
      id, conversation_id, seq, sender_id, client_message_id, type, content, reply_to, created_at, via
    )
    select d.id, d.conversation_id, h.seq + d.rank, d.sender_id, d.client_message_id, d.type, d.content, d.reply_to,
      now(), d.via
    from unnest(
      $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[], $8::int[], $12::text[],
      $13::jsonb[]
    ) as d (id, conversation_id, sender_id, client_message_id, type, content, reply_to, rank, stream, via)
    join head h on h.name = d.stream
    returning id, conversation_id, seq, sender_id, created_at
  ), logged as (
    insert into event (stream, seq, type, actor_id, body)
    select 'conversation:' || conversation_id, seq, 'message:receive', sender_id, json_build_object('messageId', id)
    from written
  )
  select id, seq, created_at as "createdAt" from written
`;
}

/** The parameters of the statement for these messages. */
function valuesOf(drafts: readonly MessageDraft[]): unknown[] {
  const streams = new Map<string, { count: number; audienceSeq: number }>();
  const names = drafts.map((draft) => `conversation:${draft.conversationId}`);
  const ranks = drafts.map(({ audienceSeq }, at) => {
    const name = names[at] ?? '';
    const stream = streams.get(name) ?? { count: 0, audienceSeq };
    // The older version decides: if it is outdated, all of the stream's drafts are checked again.
    streams.set(name, { count: stream.count + 1, audienceSeq: Math.min(stream.audienceSeq, audienceSeq) });
    return stream.count + 1;
  });
  return [
    drafts.map((draft) => draft.id),
    drafts.map((draft) => draft.conversationId),
    drafts.map((draft) => draft.senderId),
    drafts.map((draft) => draft.clientMessageId),
    drafts.map((draft) => draft.type),
    drafts.map((draft) => draft.content),
    drafts.map((draft) => draft.replyTo),
    ranks,
    [...streams.keys()],
    [...streams.values()].map(({ count }) => count),
    [...streams.values()].map(({ audienceSeq }) => audienceSeq),
    names,
    drafts.map(({ via }) => (via === undefined ? null : JSON.stringify(via))),
  ];
}

/**
 * Writes messages.
 * @param drafts none that is already stored: that is a unique violation, and then nothing is written
 * @param waits whether to wait for locked streams; otherwise their drafts are not written
 * @returns in any order; a draft without a place was not written, because its audience has changed
 */
export async function writeMessages(
  pool: pg.Pool,
  drafts: readonly MessageDraft[],
  { waits }: { waits: boolean } = { waits: true },
): Promise<Placed[]> {
  const { rows } = await pool.query<Placed>({
    name: waits ? 'write-messages' : 'write-messages-unlocked',
    text: waits ? WRITE : WRITE_UNLOCKED,
    values: valuesOf(drafts),
  });
  return rows;
}

/** The same as part of a transaction, which keeps the streams locked. */
export async function writeMessagesIn(
  tx: Transaction,
  drafts: readonly MessageDraft[],
  { waits }: { waits: boolean },
): Promise<Placed[]> {
  const query = CompiledQuery.raw(waits ? WRITE : WRITE_UNLOCKED, valuesOf(drafts));
  return (await tx.executeQuery<Placed>(query)).rows;
}
