import { sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Executor } from '../database/index.ts';
import type { BackedUpTable, Header } from './format.ts';
import { type StreamSink, streamSink } from './stream-sink.ts';

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/** Whether the database is still empty. The queue's schema is created first, and stays after an aborted restore. */
export async function isEmptyDatabase(db: Executor): Promise<boolean> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'S', 'f')
  `.execute(db);
  return rows[0]?.count === 0;
}

/**
 * Prepares the tables for rows in any order: no foreign keys, no triggers, and no rows from migrations.
 * @returns a function that restores keys and triggers, and checks all rows with them
 */
export async function openTables(client: pg.ClientBase, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<ForeignKey>(`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype = 'f' and connamespace in ('public'::regnamespace, 'bullmq'::regnamespace)
    order by 1, 2
  `);
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`);
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`);
  await client.query(`truncate ${tables.join(', ')}`);
  return async () => {
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`);
    for (const { table, name, definition } of keys) {
      await client.query(`alter table ${table} add constraint ${name} ${definition}`);
    }
  };
}

/** Inserts rows in the format of COPY, with backpressure. */
export function copyIn(client: pg.ClientBase, { name, columns }: BackedUpTable): StreamSink {
  return streamSink(client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`)));
}

/** Resets all clients, since their state may be newer than the restored one. */
export async function changeEpoch(client: pg.ClientBase): Promise<void> {
  await client.query('update instance set epoch = gen_random_uuid()');
}

export async function setSequences(client: pg.ClientBase, sequences: Header['sequences']): Promise<void> {
  for (const { name, last } of sequences) await client.query('select setval($1::regclass, $2::bigint)', [name, last]);
}

/** Streams with an incomplete log: each number from the floor to the head must be exactly one event. */
export async function brokenStreams(db: Executor): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select s.name from stream s
    left join (select stream, count(*) as events, min(seq) as first, max(seq) as last from event group by stream) e
      on e.stream = s.name
    where coalesce(e.events, 0) <> s.seq - s.floor or coalesce(e.first, s.floor + 1) <> s.floor + 1
      or coalesce(e.last, s.seq) <> s.seq
    order by s.name limit 10
  `.execute(db);
  return rows.map(({ name }) => name);
}
