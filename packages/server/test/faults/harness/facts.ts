import pg from 'pg';
import { typeParsers } from '../../../src/platform/database/types.ts';
import type { Derived, Entry, Stay, StoredRow, StreamLog } from './checkers.ts';
import type { Participant } from './participant.ts';

/** The state of the database after the faults. */
export interface Facts {
  rows: StoredRow[];
  streams: Map<string, StreamLog>;
  stays: Stay[];
}

interface EventRow extends Entry {
  gone: boolean;
  stream: string;
  effect: { join?: string[]; leave?: string[] } | null;
}

/** Runs statements on a separate connection. */
export async function withDatabase<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, types: typeParsers });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

const STREAMS = 'select name, floor, seq from stream';
const MESSAGES = `
  select split_part(coalesce(first.content, m.content), '~', 1) as op, m.sender_id as "senderId",
    m.conversation_id as "conversationId", m.seq
  from message m
  left join message_revision first on first.message_id = m.id and first.version = 1
  order by m.seq
`;
const EVENTS = `
  select stream, seq, type, effect, coalesce(body ->> 'messageId', '') as ref,
    type = 'notification' and not exists (
      select from notification where notification.id = (event.body ->> 'notificationId')::uuid
    ) as gone
  from event order by stream, seq
`;
const MEMBERS = `select 'conversation:' || conversation_id as stream, account_id as "userId" from conversation_member`;

/** Reads everything in one snapshot. */
export function readFacts(url: string): Promise<Facts> {
  return withDatabase(url, async (client) => {
    await client.query('begin isolation level repeatable read read only');
    const { rows } = await client.query<StoredRow>(MESSAGES);
    const { rows: heads } = await client.query<{ name: string; floor: number; seq: number }>(STREAMS);
    const { rows: events } = await client.query<EventRow>(EVENTS);
    const { rows: members } = await client.query<{ stream: string; userId: string }>(MEMBERS);
    const byStream = Map.groupBy(events, ({ stream }) => stream);
    const streams = new Map(
      heads.map(({ name, floor, seq }): [string, StreamLog] => [
        name,
        {
          floor,
          seq,
          entries: (byStream.get(name) ?? []).map(({ seq: at, type, ref, gone }) => ({ seq: at, type, ref, gone })),
        },
      ]),
    );
    return { rows, streams, stays: staysOf(events, members) };
  });
}

/** The heads of streams; 0 for one that does not exist. */
export async function readHeads(client: pg.Client, streams: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await client.query<{ name: string; seq: number }>(
    'select name, seq from stream where name = any($1)',
    [streams],
  );
  const heads = new Map(rows.map(({ name, seq }) => [name, seq]));
  return new Map(streams.map((stream) => [stream, heads.get(stream) ?? 0]));
}

/** Who could read which part of each conversation: from the current members, and the events of joining and leaving. */
function staysOf(events: readonly EventRow[], members: readonly { stream: string; userId: string }[]): Stay[] {
  const stays: Stay[] = [];
  const open = new Map<string, Stay>();
  const enter = (stream: string, userId: string, from: number) => {
    const stay = { stream, userId, from, to: Number.POSITIVE_INFINITY };
    open.set(`${stream} ${userId}`, stay);
    stays.push(stay);
  };
  for (const { stream, seq, effect } of events) {
    for (const userId of effect?.join ?? []) enter(stream, userId, seq);
    for (const userId of effect?.leave ?? []) {
      const stay = open.get(`${stream} ${userId}`);
      if (stay) stay.to = seq - 1;
    }
  }
  for (const { stream, userId } of members) if (!open.has(`${stream} ${userId}`)) enter(stream, userId, 1);
  return stays;
}

/** K6 for chat: the unread count of each client, beside a count of the messages after its user's mark. */
export function unreadCounts(url: string, participants: readonly Participant[]): Promise<Derived[]> {
  return withDatabase(url, async (client) => {
    const { rows } = await client.query<{ conversationId: string; userId: string; counted: number }>(`
      select c.conversation_id as "conversationId", c.account_id as "userId", least(count(m.id), 1000)::int as counted
      from conversation_member c
      left join message m on m.conversation_id = c.conversation_id and m.seq > c.read_seq and m.sender_id <> c.account_id
        and m.thread_id is null
      group by c.conversation_id, c.account_id
    `);
    return participants.flatMap(({ client: { state }, name, userId }) =>
      rows
        .filter((row) => row.userId === userId)
        .map(({ conversationId, counted }) => ({
          what: `unread of ${name} in ${conversationId}`,
          told: state.conversations[conversationId]?.unread ?? -1,
          counted,
        })),
    );
  });
}

/** Idle transactions, and statements that wait for one another. */
export function leftInDatabase(url: string): Promise<Record<string, unknown[]>> {
  return withDatabase(url, async (client) => {
    const { rows } = await client.query<{ query: string; waits: boolean }>(`
      select left(query, 80) as query, wait_event_type is not distinct from 'Lock' as waits
      from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()
        and (state like 'idle in transaction%' or wait_event_type = 'Lock')
        and clock_timestamp() - state_change > interval '1 second'
    `);
    return {
      'open transactions': rows.filter(({ waits }) => !waits).map(({ query }) => query),
      'waiting statements': rows.filter(({ waits }) => waits).map(({ query }) => query),
    };
  });
}
