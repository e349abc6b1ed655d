import type { StreamName } from '@atrium/protocol';
import { sql } from 'kysely';
import type { Executor, Transaction } from '../../platform/database/index.ts';

/** Advisory lock of the one process that writes the index. A number that no other lock uses. */
export const INDEX_LOCK = 7_245_001;

/** Locks the index until the transaction ends. @returns false if another transaction holds the lock */
export async function tryLockIndex(tx: Transaction): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${INDEX_LOCK}) as mine`.execute(tx);
  return rows[0]?.mine === true;
}

/** A stream with events that are not indexed yet. */
export interface StreamBehind {
  name: StreamName;
  /** Number of its last event. */
  seq: number;
  /** Events up to this number are pruned. */
  floor: number;
  /** Number of the last indexed event. */
  position: number;
}

/** Some streams of conversations with events that are not indexed yet. */
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

/** Stores the positions of streams. */
export async function savePositions(tx: Transaction, positions: ReadonlyMap<StreamName, number>): Promise<void> {
  if (positions.size === 0) return;
  await sql`
    insert into search_position (stream, seq)
    select * from unnest(${[...positions.keys()]}::text[], ${[...positions.values()]}::bigint[])
    on conflict (stream) do update set seq = excluded.seq
  `.execute(tx);
}

/** True when these conversations have had at most `most` indexed events in total. */
export async function haveFewEvents(db: Executor, conversationIds: readonly string[], most: number): Promise<boolean> {
  const { rows } = await sql<{ quiet: boolean }>`
    select coalesce(sum(seq), 0) <= ${most} as quiet from search_position
    where stream = any(${conversationIds.map((id) => `conversation:${id}`)}::text[])
  `.execute(db);
  return rows[0]?.quiet === true;
}

/** An indexed stream that no longer exists. */
export async function goneStream(db: Executor): Promise<StreamName | undefined> {
  const { rows } = await sql<{ stream: StreamName }>`
    select stream from search_position p
    where not exists (select from stream_head s where s.name = p.stream)
    limit 1
  `.execute(db);
  return rows[0]?.stream;
}

/** Deletes the position of a stream. */
export async function deletePosition(tx: Transaction, stream: StreamName): Promise<void> {
  await sql`delete from search_position where stream = ${stream}`.execute(tx);
}
