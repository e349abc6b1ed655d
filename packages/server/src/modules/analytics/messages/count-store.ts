import type { StreamName } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../../platform/database/index.ts';
import type { Days } from '../../../platform/days/index.ts';
import type { DayPart } from './quarters.ts';

/** Advisory lock of the one process that counts. Any number that nothing else locks. */
const COUNT_LOCK = 7_245_002;

/** Locks the counts until the transaction ends. @returns false if another transaction holds the lock */
export async function tryLockCounts(tx: Transaction): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${COUNT_LOCK}) as mine`.execute(tx);
  return rows[0]?.mine === true;
}

/** The numbers of a stream that are not counted yet, `after` excluded. */
export interface Uncounted {
  stream: StreamName;
  after: number;
  upTo: number;
}

/** Some streams of conversations that are not counted to their end. */
export async function someUncounted(db: Executor, limit: number): Promise<Uncounted[]> {
  const { rows } = await sql<Uncounted>`
    select s.name as stream, coalesce(p.seq, 0) as after, s.seq as "upTo"
    from stream_head s
    left join message_count_position p on p.stream = s.name
    where s.name like 'conversation:%' and s.seq > coalesce(p.seq, 0)
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Those of some streams that are not counted to their end. */
export async function uncountedOf(db: Executor, streams: readonly StreamName[]): Promise<Uncounted[]> {
  const { rows } = await sql<Uncounted>`
    select s.name as stream, coalesce(p.seq, 0) as after, s.seq as "upTo"
    from stream_head s
    left join message_count_position p on p.stream = s.name
    where s.name = any(${streams}::text[]) and s.seq > coalesce(p.seq, 0)
  `.execute(db);
  return rows;
}

/** Stores up to where streams are counted. */
export async function savePositions(tx: Transaction, counted: readonly Uncounted[]): Promise<void> {
  await sql`
    insert into message_count_position (stream, seq)
    select * from unnest(${counted.map(({ stream }) => stream)}::text[], ${counted.map(({ upTo }) => upTo)}::bigint[])
    on conflict (stream) do update set seq = excluded.seq
  `.execute(tx);
}

/** Deletes the positions of streams that no longer exist. */
export async function deleteCountsOfRemovedStreams(tx: Transaction): Promise<void> {
  await sql`
    delete from message_count_position p where not exists (select from stream_head s where s.name = p.stream)
  `.execute(tx);
}

/** Messages of a workspace in a quarter of an hour, which begins `at`. */
export interface QuarterCount {
  workspaceId: string;
  at: Date;
  messages: number;
}

/** Adds to the counts of quarters, each of which is named once. */
export async function addMessages(tx: Transaction, counts: readonly QuarterCount[]): Promise<void> {
  await sql`
    insert into message_count (workspace_id, at, messages)
    select * from unnest(
      ${counts.map(({ workspaceId }) => workspaceId)}::uuid[], ${counts.map(({ at }) => at)}::timestamptz[],
      ${counts.map(({ messages }) => messages)}::int[]
    )
    on conflict (workspace_id, at) do update set messages = message_count.messages + excluded.messages
  `.execute(tx);
}

/** In which quarters of a day by UTC somebody sent messages. */
export interface SenderDay {
  workspaceId: string;
  /** YYYY-MM-DD. */
  day: string;
  userId: string;
  /** One digit for each quarter. */
  quarters: string;
}

/** Adds to the quarters of people, each of whose days is named once. */
export async function addSenders(tx: Transaction, days: readonly SenderDay[]): Promise<void> {
  await sql`
    insert into message_sender (workspace_id, day, account_id, quarters)
    select * from unnest(
      ${days.map(({ workspaceId }) => workspaceId)}::uuid[], ${days.map(({ day }) => day)}::date[],
      ${days.map(({ userId }) => userId)}::uuid[], ${days.map(({ quarters }) => quarters)}::bit(96)[]
    )
    on conflict (workspace_id, day, account_id)
    do update set quarters = message_sender.quarters | excluded.quarters
  `.execute(tx);
}

/** Counted messages of a workspace on each of some days, by index; only days with any. */
export async function messagesOn(
  db: Executor,
  workspaceId: string,
  { starts }: Days,
): Promise<{ day: number; messages: number }[]> {
  const begins = starts.map((ms) => new Date(ms));
  const { rows } = await sql<{ day: number; messages: number }>`
    select width_bucket(at, ${begins}::timestamptz[]) - 1 as day, sum(messages)::int as messages
    from message_count
    where workspace_id = ${workspaceId} and at >= ${begins[0]} and at < ${begins.at(-1)}
    group by 1
  `.execute(db);
  return rows;
}

/** On which of `count` days people sent counted messages: a digit for each, 1 for those. */
export async function sendersOn(
  db: Executor,
  workspaceId: string,
  parts: readonly DayPart[],
  count: number,
): Promise<{ userId: string; days: string }[]> {
  const { rows } = await sql<{ userId: string; days: string }>`
    select s.account_id as "userId", bit_or(set_bit(repeat('0', ${count})::varbit, p.at, 1))::text as days
    from unnest(
      ${parts.map(({ at }) => at)}::int[], ${parts.map(({ day }) => day)}::date[],
      ${parts.map(({ quarters }) => quarters)}::bit(96)[]
    ) as p (at, day, quarters)
    join message_sender s on s.workspace_id = ${workspaceId} and s.day = p.day
    where s.quarters & p.quarters <> repeat('0', 96)::bit(96)
    group by 1
  `.execute(db);
  return rows;
}

/** Deletes what is counted of the messages of a workspace. */
export async function deleteMessageCounts(tx: Transaction, workspaceId: string): Promise<void> {
  await sql`delete from message_count where workspace_id = ${workspaceId}`.execute(tx);
  await sql`delete from message_sender where workspace_id = ${workspaceId}`.execute(tx);
}

/** How many messages of a workspace are counted since an instant. */
export async function messagesSince(db: Executor, workspaceId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ messages: number }>`
    select coalesce(sum(messages), 0)::int as messages from message_count
    where workspace_id = ${workspaceId} and at >= ${since}
  `.execute(db);
  return rows[0]?.messages ?? 0;
}
