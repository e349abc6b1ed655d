import { sql } from 'kysely';
import type pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Executor } from '../database/index.ts';
import type { BackedUpTable, Header } from './format.ts';

/** Tables of the platform: the header contains the migrations, and a restore runs them again. */
const NOT_DATA = ['public.migration', 'bullmq.migration', 'bullmq.meta'];

/** The tables of the server with their columns, by name. */
export async function listTables(db: Executor, leaveOut: readonly string[]): Promise<BackedUpTable[]> {
  const excluded = [...NOT_DATA, ...leaveOut.map((table) => `public.${table}`)];
  const { rows } = await sql<BackedUpTable>`
    select format('%I.%I', n.nspname, c.relname) as name,
      array_agg(quote_ident(a.attname) order by a.attnum) as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where n.nspname in ('public', 'bullmq') and c.relkind = 'r'
      and n.nspname || '.' || c.relname <> all(${excluded}::text[])
    group by 1 order by 1
  `.execute(db);
  return rows;
}

/** The header without the tables. */
export async function readHeader(db: Executor): Promise<Omit<Header, 'format' | 'program' | 'tables'>> {
  const { rows } = await sql<Omit<Header, 'format' | 'program' | 'tables' | 'queueVersions'>>`
    select to_char(now() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "takenAt",
      (select json_agg(json_build_object('id', id, 'name', name, 'sha256', sha256) order by id) from migration)
        as migrations,
      (select coalesce(json_agg(json_build_object('name', format('%I.%I', schemaname, sequencename),
        'last', last_value::text)), '[]')
        from pg_sequences where schemaname in ('public', 'bullmq') and last_value is not null) as sequences,
      json_build_object('epoch', (select epoch from instance), 'streams', (select count(*) from stream),
        'events', (select count(*) from event)) as position
  `.execute(db);
  const row = rows[0];
  if (row === undefined) throw new Error('The database did not answer.');
  return { ...row, queueVersions: await queueVersions(db) };
}

/** Rows of the queue's own history as text; none before the program has started for the first time. */
export async function queueVersions(db: Executor): Promise<string[]> {
  const { rows: found } = await sql<{ isThere: boolean }>`
    select to_regclass('bullmq.migration') is not null as "isThere"
  `.execute(db);
  if (found[0]?.isThere !== true) return [];
  const { rows } = await sql<{
    version: string;
  }>`select m.version::text as version from bullmq.migration m order by 1`.execute(db);
  return rows.map(({ version }) => version);
}

/** The rows of a table as text, with backpressure. `rows` is known once all have been read. */
export function copyOut(
  client: pg.ClientBase,
  { name, columns }: BackedUpTable,
): { content: AsyncIterable<Buffer>; rows: () => number } {
  const stream = client.query(copyTo(`copy ${name} (${columns.join(', ')}) to stdout`));
  return { content: stream as AsyncIterable<Buffer>, rows: () => stream.rowCount };
}
