import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../src/platform/database/index.ts';

const SERVER = path.join(import.meta.dirname, '../..');

/** The platform's own tables: events are pruned by age, answers are deleted with the account or by age. */
const OF_THE_PLATFORM = ['event', 'idempotency'];

/** A column that refers to an account, a workspace or a conversation. */
export interface Reference {
  table: string;
  column: string;
  target: 'account' | 'workspace' | 'conversation';
  /** The action of its foreign key when the target is deleted; null if it has none. */
  onDelete: 'a' | 'r' | 'c' | 'n' | 'd' | null;
}

/** By foreign key, or by its name if it has none: large tables have none. */
export async function referencesIn(database: Database): Promise<Reference[]> {
  const { rows } = await database.pool.query<Reference>(
    `
    select c.relname as "table", a.attname as "column", k.confdeltype as "onDelete",
      coalesce(k.confrelid::regclass::text, case
        when a.attname ~ '(^|_)(conversation|place)_id$' then 'conversation'
        when a.attname ~ '(^|_)workspace_id$' then 'workspace'
        else 'account' end) as target
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f' and k.conkey = array[a.attnum]
    where a.attnum > 0 and not a.attisdropped and a.atttypid = 'uuid'::regtype and c.relname <> all($1) and (
      k.confrelid in ('account'::regclass, 'workspace'::regclass, 'conversation'::regclass)
      or k.oid is null and a.attname ~ '(^|_)(account|actor|author|assignee|customer|owner|sender|target|user|conversation|place|workspace)_id$|_by$'
    )
    order by 1, 2
  `,
    [OF_THE_PLATFORM],
  );
  return rows;
}

/**
 * The tables that belong to a workspace, by a chain of foreign keys or by the name of a column: large tables have no
 * foreign keys.
 */
export async function tablesOfWorkspaces(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ table: string }>(
    `
    with recursive hanging as (
      select 'workspace'::regclass::oid as oid
      union
      select k.conrelid from pg_constraint k join hanging h on k.confrelid = h.oid where k.contype = 'f'
    ), named as (
      select a.attrelid as oid from pg_attribute a
      where a.attnum > 0 and not a.attisdropped and (a.attname = 'stream' or a.atttypid = 'uuid'::regtype and
        a.attname ~ '(^|_)(conversation|endpoint|entry|message|order|place|product|task|thread|workspace)_id$')
    )
    select c.relname as "table" from pg_class c
    where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace and not c.relispartition
      and c.relname <> all($1) and c.oid in (select oid from hanging union select oid from named)
    order by 1
  `,
    [OF_THE_PLATFORM],
  );
  return rows.map(({ table }) => table);
}

/** The module that declares the lifecycle of a table. */
export function ownerOf(table: string): string {
  const declares = new RegExp(`interface Tables \\{[^}]*\\b${table}: `);
  const source = globSync('src/modules/*/**/*.ts', { cwd: SERVER }).find((file) =>
    declares.test(readFileSync(path.join(SERVER, file), 'utf8')),
  );
  return source?.split(path.sep)[2] ?? '<feature>';
}

/** The file in which the lifecycle of a table is declared. */
export function lifecycleFileOf(table: string): string {
  return `packages/server/src/modules/${ownerOf(table)}/lifecycle.ts`;
}
