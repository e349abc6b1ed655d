import { randomUUID } from 'node:crypto';
import type { Database } from '../../src/platform/database/index.ts';

/** Nullable columns that mark a row as in use. */
const NEEDED: Record<string, readonly string[]> = { attachment: ['message_id'] };

interface Column {
  name: string;
  type: string;
  /** The table that it refers to, and the column of that. */
  target: string | null;
  key: string | null;
}

/** The column to set, and its value. */
interface Named {
  table: string;
  column: string;
  id: string;
}

/**
 * Inserts rows into tables, using only their columns: one refers to something, the rest is made up. Constraints on
 * values are removed in this database.
 * @param others ids that other references use, by table
 */
export async function junkRows(database: Database, others: Record<string, string>) {
  await withoutRules(database);
  const insert = async ({ table, column, id }: Named): Promise<void> => {
    const columns = await columnsToFill(database, table, column);
    const values: string[] = [];
    for (const each of columns) {
      if (each.name === column) values.push(`'${id}'`);
      else values.push((await rowFor(each, table)) ?? made(each, others));
    }
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      const names = columns.map(({ name }) => `"${name}"`).join();
      // A row of the server's own is better, if there is one.
      await client.query(`insert into "${table}" (${names}) values (${values.join()}) on conflict do nothing`);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw new Error(`no row for ${table}.${column}`, { cause: error });
    } finally {
      client.release();
    }
  };

  /** A new row in the table that a column refers to, where `others` has none of it. @returns its key */
  async function rowFor({ type, target, key }: Column, table: string): Promise<string | undefined> {
    if (target === null || key === null || type !== 'uuid' || target === table || target in others) return undefined;
    const id = randomUUID();
    await insert({ table: target, column: key, id });
    return `'${id}'`;
  }
  return insert;
}

async function withoutRules(database: Database): Promise<void> {
  const { rows } = await database.pool.query<{ drop: string }>(`
    select case when conrelid <> 0
      then format('alter table %s drop constraint %I', conrelid::regclass, conname)
      else format('alter domain %s drop constraint %I', contypid::regtype, conname) end as drop
    from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`);
  for (const { drop } of rows) await database.pool.query(drop);
}

/** The given column, and all required ones. */
async function columnsToFill(database: Database, table: string, column: string): Promise<Column[]> {
  const { rows } = await database.pool.query<Column>(
    `select a.attname as name, format_type(coalesce(nullif(t.typbasetype, 0), t.oid), a.atttypmod) as type,
       k.confrelid::regclass::text as target, f.attname as key
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     left join pg_constraint k on k.conrelid = a.attrelid and k.contype = 'f' and k.conkey = array[a.attnum]
     left join pg_attribute f on f.attrelid = k.confrelid and f.attnum = k.confkey[1]
     where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
       and (a.attname = any($2) or (a.attnotnull or t.typnotnull) and not a.atthasdef and a.attidentity = '')`,
    [`public.${table}`, [column, ...(NEEDED[table] ?? [])]],
  );
  return rows;
}

/** Numbers are used once each: they may be keys. */
let numbers = 0;

/** By type. References use one of the other ids. */
function made({ name, type, target }: Column, others: Record<string, string>): string {
  if (type === 'uuid') {
    const other = Object.entries(others).find(([what]) => what === target || name.endsWith(`${what}_id`));
    return other ? `'${other[1]}'` : 'gen_random_uuid()';
  }
  if (type.endsWith('[]')) return `'{}'`;
  if (/^json/.test(type)) return `'{}'`;
  if (type === 'bytea') return `decode(replace(gen_random_uuid()::text, '-', ''), 'hex')`;
  if (/^timestamp/.test(type)) return 'now()';
  if (type === 'date') return 'current_date';
  if (type.startsWith('bit(')) return `0::${type}`;
  if (/^time\b/.test(type)) return `'00:00'`;
  if (type === 'boolean') return 'false';
  if (/int|numeric|double|real/.test(type)) return String(++numbers);
  if (type === 'tsvector') return `''`;
  if (type === 'tstzrange' || type === 'interval') return type === 'interval' ? `'1 day'` : `'empty'`;
  return `left(gen_random_uuid()::text, 20)`;
}
