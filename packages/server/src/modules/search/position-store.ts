import type { StreamName } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

/** One program at a time writes the index, whichever node it is on. Any number that nothing else locks. */
export const INDEX_LOCK = 7_245_001;

/** True when this transaction is the one that may write the index, until it ends. */
export async function tryLockIndex(tx: Transaction): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${INDEX_LOCK}) as mine`.execute(tx);
  return rows[0]?.mine === true;
}

/** A stream with more in it than the index has read. */
export interface StreamBehind {
  name: StreamName;
  /** Its last event. */
  seq: number;
  /** Events up to here are no longer in the log. */
  floor: number;
  /** How far the index has read. */
  position: number;
}

/** Some of the conversations' streams with something unread. */
export async function streamsBehind(db: Executor, limit: number): Promise<StreamBehind[]> {
  const { rows } = await sql<StreamBehind>`
    select s.name, s.seq, s.floor, coalesce(p.seq, 0) as position
    from stream_head s
    left join search_position p on p.stream = s.name
    where s.name like 'conversation:%' and s.seq > coalesce(p.seq, 0)
    limit ${limit}
  `.execute(db);
  return rows;
}

/** Remembers how far streams have been read. */
export async function savePositions(tx: Transaction, positions: ReadonlyMap<StreamName, number>): Promise<void> {
  if (positions.size === 0) return;
  await sql`
    insert into search_position (stream, seq)
    select * from unnest(${[...positions.keys()]}::text[], ${[...positions.values()]}::bigint[])
    on conflict (stream) do update set seq = excluded.seq
  `.execute(tx);
}

/** True when no more than so many events were ever in the streams of some conversations, as far as the index knows. */
export async function areQuiet(db: Executor, placeIds: readonly string[], most: number): Promise<boolean> {
  const { rows } = await sql<{ quiet: boolean }>`
    select coalesce(sum(seq), 0) <= ${most} as quiet from search_position
    where stream = any(${placeIds.map((id) => `conversation:${id}`)}::text[])
  `.execute(db);
  return rows[0]?.quiet === true;
}

/** A stream that the index has read and that is gone. */
export async function goneStream(db: Executor): Promise<StreamName | undefined> {
  const { rows } = await sql<{ stream: StreamName }>`
    select stream from search_position p
    where not exists (select from stream_head s where s.name = p.stream)
    limit 1
  `.execute(db);
  return rows[0]?.stream;
}

/** Forgets that a stream was read. */
export async function forgetPosition(tx: Transaction, stream: StreamName): Promise<void> {
  await sql`delete from search_position where stream = ${stream}`.execute(tx);
}
