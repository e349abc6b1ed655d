import type { DurableType, StreamName } from '@atrium/protocol';
import { type RawBuilder, sql } from 'kysely';
import type { Executor, Transaction } from '../database/index.ts';
import type { NewEvent, StoredEvent, StreamEffect } from './event.ts';

interface EventRow {
  stream: string;
  seq: number;
  type: string;
  actor_id: string | null;
  body: Record<string, unknown>;
  effect: StreamEffect | null;
  at: Date;
}

interface StreamRow {
  name: string;
  /** The number of its last event. */
  seq: number;
  /** Events up to here are pruned. */
  floor: number;
  /** The number at which its audience last changed. */
  audience_seq: number;
}

declare module '../database/index.ts' {
  interface Tables {
    event: EventRow;
    stream: StreamRow;
    removed_stream: { name: string; removed_at: Date };
    instance: { epoch: string };
  }
}

function toStoredEvent(row: EventRow): StoredEvent {
  return {
    stream: row.stream as StreamName,
    seq: row.seq,
    type: row.type as DurableType,
    actorId: row.actor_id,
    body: row.body,
    effect: row.effect ?? undefined,
    at: row.at,
  };
}

/** Runs statements that select ids as one. @returns the ids of each, in their order */
export async function followedIds(
  db: Executor,
  statements: readonly RawBuilder<{ id: string }>[],
): Promise<string[][]> {
  const numbered = statements.map(
    (statement, at) => sql`select ${sql.lit(at)} as at, id::text from (${statement}) ${sql.ref(`s${at}`)}`,
  );
  const { rows } = await sql<{ at: number; id: string }>`${sql.join(numbered, sql` union all `)}`.execute(db);
  const found = Map.groupBy(rows, ({ at }) => at);
  return statements.map((_, at) => (found.get(at) ?? []).map(({ id }) => id));
}

/** True if the event invalidates cached audiences of the stream. */
export function changesAudience(effect: StreamEffect | undefined): boolean {
  return Boolean(effect?.fence || effect?.join?.length || effect?.leave?.length);
}

/**
 * Numbers and writes the events in one statement that locks the rows of their streams in name order. Must be the last
 * statement of the transaction: the locks are held until commit, so that the order of numbers is the order of commits.
 * @param at when they happened; now unless given
 * @returns the events with their numbers, by stream and number
 */
export async function appendEvents(tx: Transaction, events: readonly NewEvent[], at?: Date): Promise<StoredEvent[]> {
  if (events.length === 0) return [];
  const { rows } = await sql<EventRow>`
    with input as materialized (
      select *, row_number() over (partition by stream order by n) as rank
      from unnest(
        ${events.map((event) => event.stream)}::text[],
        ${events.map((event) => event.type)}::text[],
        ${events.map((event) => event.actorId)}::uuid[],
        ${events.map((event) => JSON.stringify(event.body))}::text[],
        ${events.map((event) => (event.effect ? JSON.stringify(event.effect) : null))}::text[],
        ${events.map((event) => changesAudience(event.effect))}::boolean[]
      ) with ordinality as t (stream, type, actor_id, body, effect, changes, n)
    ), counted as materialized (
      select stream, count(*) as n, bool_or(changes) as changes from input group by stream
    ), head as (
      insert into stream as s (name, seq, audience_seq)
      select stream, n, case when changes then n else 0 end from counted order by stream
      on conflict (name) do update set
        seq = s.seq + excluded.seq,
        audience_seq = case when excluded.audience_seq > 0 then s.seq + excluded.seq else s.audience_seq end
      returning name, seq
    )
    insert into event (stream, seq, type, actor_id, body, effect, at)
    select i.stream, h.seq - c.n + i.rank, i.type, i.actor_id, i.body::json, i.effect::json,
      coalesce(${at ?? null}::timestamptz, now())
    from input i
    join counted c on c.stream = i.stream
    join head h on h.name = i.stream
    order by i.stream, i.rank
    returning *
  `.execute(tx);
  return rows.map(toStoredEvent);
}

/** Events after a position, in order. */
export function readEvents(db: Executor, stream: StreamName, after: number, limit: number): Promise<StoredEvent[]> {
  return readEventsAfter(db, new Map([[stream, after]]), limit);
}

/**
 * Events after a position in each of several streams, in one query.
 * @param perStream maximum number of events of one stream
 * @returns at most `limit`, stream by stream in the given order, by number within each
 */
export async function readEventsAfter(
  db: Executor,
  positions: ReadonlyMap<StreamName, number>,
  limit: number,
  perStream = limit,
): Promise<StoredEvent[]> {
  if (positions.size === 0) return [];
  const { rows } = await sql<EventRow>`
    select e.stream, e.seq, e.type, e.actor_id, e.body, e.effect, e.at
    from unnest(${[...positions.keys()]}::text[], ${[...positions.values()]}::bigint[]) with ordinality as s (name, after, n)
    cross join lateral (
      select * from event where stream = s.name and seq > s.after order by seq limit ${perStream}
    ) e
    order by s.n, e.seq
    limit ${limit}
  `.execute(db);
  return rows.map(toStoredEvent);
}

/**
 * Locks streams until the transaction ends, in name order: reads from now on are valid at the position of an event of
 * this transaction. Streams without any event are not locked.
 */
export async function lockStreams(tx: Transaction, names: readonly StreamName[]): Promise<void> {
  await sql`select from stream where name = any(${names}::text[]) order by name for no key update`.execute(tx);
}

/** The heads of streams; 0 for those without events. */
export async function streamSeqs(db: Executor, names: readonly StreamName[]): Promise<Map<StreamName, number>> {
  const seqs = new Map(names.map((name) => [name, 0]));
  for (const range of await streamRanges(db, names)) seqs.set(range.name, range.seq);
  return seqs;
}

/** First and last numbers of streams: events `floor + 1 … seq` exist. */
export interface StreamRange {
  name: StreamName;
  floor: number;
  seq: number;
}

/** The ranges of those streams that ever had an event. */
export async function streamRanges(db: Executor, names: readonly StreamName[]): Promise<StreamRange[]> {
  if (names.length === 0) return [];
  const { rows } = await sql<StreamRange>`
    select name, floor, seq from stream where name = any(${names}::text[])
  `.execute(db);
  return rows;
}

/**
 * The positions that streams had at a time: all later events came at that time or after it. Looks at a few events of
 * each, however long it is, because their times rise with their numbers.
 */
export async function positionsAt(
  db: Executor,
  names: readonly StreamName[],
  at: Date,
): Promise<Map<StreamName, number>> {
  const { rows } = await sql<{ name: StreamName; seq: number }>`
    with recursive search as (
      select name, floor as low, seq + 1 as high from stream where name = any(${names}::text[])
      union all
      select s.name, case when e.at < ${at} then e.seq else s.low end, case when e.at < ${at} then s.high else e.seq end
      from search s join event e on e.stream = s.name and e.seq = s.low + (s.high - s.low) / 2
      where s.high - s.low > 1
    )
    select name, max(low)::bigint as seq from search group by name
  `.execute(db);
  return new Map(rows.map(({ name, seq }) => [name, seq]));
}

/**
 * Ends streams, since their subject is gone. Waits for concurrent writers; later ones fail. The events, which nobody
 * can read any more, are deleted later, since there may be millions.
 */
export async function deleteStreams(tx: Transaction, names: readonly StreamName[]): Promise<void> {
  await sql`select from stream where name = any(${names}::text[]) order by name for update`.execute(tx);
  await sql`
    with gone as (delete from stream where name = any(${names}::text[]) returning name)
    insert into removed_stream (name) select name from gone on conflict do nothing
  `.execute(tx);
}

/** Ended streams that still have, or may have, events; the oldest first. */
export async function removedStreams(db: Executor, limit: number): Promise<StreamName[]> {
  const { rows } = await sql<{ name: StreamName }>`
    select name from removed_stream order by removed_at, name limit ${limit}
  `.execute(db);
  return rows.map(({ name }) => name);
}

/**
 * Deletes a batch of the events of an ended stream.
 * @returns how many it found
 */
export async function clearEvents(db: Executor, name: StreamName, batch: number): Promise<number> {
  const { rows } = await sql<{ found: number }>`
    with first as materialized (
      select seq from event where stream = ${name} order by seq limit ${batch}
    ), gone as (
      delete from event where stream = ${name} and seq <= (select max(seq) from first)
    )
    select count(*) as found from first
  `.execute(db);
  return rows[0]?.found ?? 0;
}

/** Deletes an ended stream that has no events left. */
export async function deleteRemovedStream(db: Executor, name: StreamName): Promise<void> {
  await sql`
    delete from removed_stream where name = ${name} and not exists (select from event where stream = ${name})
  `.execute(db);
}

/** The database's epoch; a client with another one starts over. */
export async function readEpoch(db: Executor): Promise<string> {
  const { rows } = await sql<{ epoch: string }>`select epoch from instance`.execute(db);
  const epoch = rows[0]?.epoch;
  if (epoch === undefined) throw new Error('The table instance is empty: the database was not set up by Atrium.');
  return epoch;
}

/**
 * Deletes a batch of the events older than `before`, and raises the floors of their streams.
 * @returns how many such events it found; call it again while that equals the batch size
 */
export async function pruneEvents(db: Executor, before: Date, batch: number): Promise<number> {
  const { rows } = await sql<{ pruned: number }>`
    with old as (
      select stream, seq from event where at < ${before} order by stream, seq limit ${batch}
    ), last as (
      select stream, max(seq) as seq from old group by stream
    ), raised as (
      update stream s set floor = greatest(s.floor, l.seq) from last l where s.name = l.stream
    ), gone as (
      -- Times within a stream may be a little out of order; what is kept has to begin right after the floor.
      delete from event e using last l where e.stream = l.stream and e.seq <= l.seq
    )
    select count(*) as pruned from old
  `.execute(db);
  return rows[0]?.pruned ?? 0;
}

/** Deletes the stored answers of commands from before that time; no client retries that late. */
export async function pruneAnswers(db: Executor, before: Date): Promise<void> {
  await sql`delete from idempotency where created_at < ${before}`.execute(db);
}
