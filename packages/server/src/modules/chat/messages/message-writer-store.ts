import type { Message, MessageVia } from '@atrium/protocol';
import { CompiledQuery } from 'kysely';
import type pg from 'pg';
import type { Transaction } from '../../../platform/database/index.ts';
import type { UserActor } from '../../../platform/module/index.ts';
import { callerArrays } from '../../identity/index.ts';

/** A message to be written, with what its node has cached about the conversation. */
export interface MessageDraft {
  id: string;
  conversationId: string;
  senderId: string;
  /** The call of the sender, who must still be signed in; undefined if the server itself sends it. */
  caller: UserActor | undefined;
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

/** What became of drafts. Drafts that are in neither were not written, because their audience has changed. */
export interface WriteOutcome {
  /** In any order. */
  placed: Placed[];
  /** Sessions and tokens of callers who are no longer signed in: if there are any, nothing was written. */
  refused: ReadonlySet<string>;
}

/**
 * One statement, one round trip and one commit for many messages: it keeps their callers signed in, checks that the
 * audience is unchanged since the senders were checked, takes numbers under row locks of the streams in the order of
 * their names, and writes messages and events. The caller counts per stream, because every node of the plan costs more
 * than a row. The limits on counts, which always hold, tell the planner that there are few streams: otherwise it would
 * read all of them, or plan each time. If one of the callers is refused, nothing is
 * written: refusals are rare, and the numbers are counted already.
 */
export const WRITE = statement({ waits: true });
/** The same, skipping accounts and streams that another transaction has locked: their drafts are not written. */
const WRITE_UNLOCKED = statement({ waits: false });

function statement({ waits }: { waits: boolean }): string {
  return `
  with refused as materialized (
    select credential from hold_callers($14::uuid[], $15::uuid[], $16::boolean[], ${waits}) as credential
  ), locked as materialized (
    select s.name, s.seq, w.count
    from unnest($9::text[], $10::int[], $11::bigint[]) as w (name, count, audience_seq)
    join stream s on s.name = w.name and s.audience_seq = w.audience_seq
    where w.count between 1 and 10000 and not exists (select from refused)
    order by s.name
    for no key update of s ${waits ? '' : 'skip locked'}
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
  union all
  select credential, null, null from refused
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
    ...callerArrays(drafts.map(({ caller }) => caller)),
  ];
}

/** A placed message, or a refused caller, who has no number. */
type ResultRow = Placed | { id: string; seq: null };

function resultOf(rows: readonly ResultRow[]): WriteOutcome {
  const placed = rows.filter((row): row is Placed => row.seq !== null);
  if (placed.length === rows.length) return { placed, refused: NOBODY };
  return { placed, refused: new Set(rows.filter(({ seq }) => seq === null).map(({ id }) => id)) };
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Writes messages.
 * @param drafts none that is already stored: that is a unique violation, and then nothing is written
 * @param waits whether to wait for locked streams and accounts; otherwise drafts of locked streams are not written, and
 *   callers with a locked account are refused
 */
export async function writeMessages(
  pool: pg.Pool,
  drafts: readonly MessageDraft[],
  { waits }: { waits: boolean } = { waits: true },
): Promise<WriteOutcome> {
  const { rows } = await pool.query<ResultRow>({
    name: waits ? 'write-messages' : 'write-messages-unlocked',
    text: waits ? WRITE : WRITE_UNLOCKED,
    values: valuesOf(drafts),
  });
  return resultOf(rows);
}

/** The same as part of a transaction, which keeps the streams locked. */
export async function writeMessagesIn(
  tx: Transaction,
  drafts: readonly MessageDraft[],
  { waits }: { waits: boolean },
): Promise<WriteOutcome> {
  const query = CompiledQuery.raw(waits ? WRITE : WRITE_UNLOCKED, valuesOf(drafts));
  return resultOf((await tx.executeQuery<ResultRow>(query)).rows);
}
