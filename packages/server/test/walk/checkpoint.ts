import type pg from 'pg';
import { comparedAfterRefusal } from '../side-effects.ts';

/** A state of the database that can be compared with and restored. */
export interface Checkpoint {
  /** Tables with changed rows, apart from what any call may change: see `side-effects.ts`. */
  changed(): Promise<string[]>;
  /** Restores all rows of these tables. */
  restore(tables: readonly string[]): Promise<void>;
}

/** Tables written to since the last check: reading all tables costs more than the tested call. */
const forget = { name: 'forget', text: 'delete from saved.touched returning name' };

/** Makes every statement that writes to one of the tables leave a row behind, if its transaction commits. */
async function watch(pool: pg.Pool, tables: readonly string[]): Promise<void> {
  await pool.query(
    `create table saved.touched (name text);
     create function saved.touch() returns trigger language plpgsql as
       $$ begin insert into saved.touched values (tg_table_name); return null; end $$`,
  );
  for (const name of tables) {
    await pool.query(
      `create trigger touched after insert or update or delete or truncate on public.${name}
       for each statement execute function saved.touch()`,
    );
  }
}

/** Digests of these tables; without excluded ones. */
async function digests(pool: pg.Pool, tables: readonly string[]): Promise<{ name: string; digest: string }[]> {
  const parts = tables
    .filter((name) => comparedAfterRefusal.get(name) !== null)
    .map((name) => {
      const shown = comparedAfterRefusal.get(name) ?? 't::text';
      return `select '${name}' as name, md5(coalesce(string_agg(${shown}, ',' order by ${shown}), '')) as digest from ${name} t`;
    });
  return parts.length === 0 ? [] : (await pool.query(parts.join(' union all '))).rows;
}

/** Records the current state of the database. */
export async function checkpoint(pool: pg.Pool): Promise<Checkpoint> {
  const { rows } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1",
  );
  const tables = rows
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('migration') && name !== 'schema_version');
  await pool.query('drop schema if exists saved cascade; create schema saved');
  for (const name of tables) await pool.query(`create table saved.${name} as table public.${name}`);
  await watch(pool, tables);
  const then = new Map((await digests(pool, tables)).map((row) => [row.name, row.digest]));
  return {
    async changed() {
      const { rows: written } = await pool.query<{ name: string }>(forget);
      const touched = new Set(written.map(({ name }) => name));
      const now = await digests(pool, [...touched].sort());
      return now.filter((row) => then.get(row.name) !== row.digest).map(({ name }) => name);
    },
    async restore(names) {
      // Only the differences: tables that are rewritten repeatedly become slow to read. Foreign keys would require an
      // order.
      await pool.query(
        [
          'begin; set local session_replication_role = replica',
          ...names.flatMap((name) => [
            `delete from ${name} t where t::text not in (select s::text from saved.${name} s)`,
            `insert into ${name} select * from saved.${name} s where s::text not in (select t::text from ${name} t)`,
          ]),
          'commit',
        ].join('; '),
      );
    },
  };
}
