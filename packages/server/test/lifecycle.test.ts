import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../src/platform/database/index.ts';
import type { TableLifecycle } from '../src/platform/module/index.ts';
import { type TestApp, testApp } from './app.ts';

const SERVER = path.join(import.meta.dirname, '..');

/** The platform's own tables: events are pruned by age, answers are deleted with the account or by age. */
const OF_THE_PLATFORM = ['event', 'idempotency'];

/** A column that names an account, a workspace or a conversation. */
interface Reference {
  table: string;
  column: string;
  target: string;
  /** What its foreign key does when the target is deleted; null where it has none. */
  onDelete: 'a' | 'r' | 'c' | 'n' | 'd' | null;
}

/** By foreign key, or by its name where it has none: what may be much has none. */
async function referencesIn(database: Database): Promise<Reference[]> {
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

/** The module that declares the rows of a table. */
function ownerOf(table: string): string {
  const declares = new RegExp(`interface Tables \\{[^}]*\\b${table}: `);
  const source = globSync('src/modules/*/**/*.ts', { cwd: SERVER }).find((file) =>
    declares.test(readFileSync(path.join(SERVER, file), 'utf8')),
  );
  return source?.split(path.sep)[2] ?? '<feature>';
}

/** References of which no module says what becomes of the row, with the file in which to write it. */
function undeclared(references: readonly Reference[], tables: Record<string, TableLifecycle>): string[] {
  return references
    .filter(({ table, column }) => tables[table]?.whenGone[column] === undefined)
    .map(
      ({ table, column, target }) =>
        `${table}.${column}: write what becomes of the row when the ${target} is gone into ` +
        `packages/server/src/modules/${ownerOf(table)}/lifecycle.ts`,
    );
}

let app: TestApp;
let references: Reference[];
let tables: Record<string, TableLifecycle>;
beforeAll(async () => {
  app = await testApp();
  references = await referencesIn(app.database);
  tables = Object.assign({}, ...app.app.modules.map((module) => module.tables));
});
afterAll(() => app?.close());

describe('what becomes of the rows of a table', () => {
  it('is declared for each column that names an account, a workspace or a conversation', () => {
    expect(references.length).toBeGreaterThan(30);
    expect(undeclared(references, tables)).toEqual([]);
  });

  it('is missed for a new table, with the place where to write it', async () => {
    await app.database.pool.query('create table poll (id uuid primary key, created_by uuid references account)');
    try {
      expect(undeclared(await referencesIn(app.database), tables)).toEqual([
        'poll.created_by: write what becomes of the row when the account is gone into packages/server/src/modules/<feature>/lifecycle.ts',
      ]);
    } finally {
      await app.database.pool.query('drop table poll');
    }
    expect(ownerOf('draft')).toBe('chat');
  });

  it('is declared of nothing that is not there', () => {
    const known = new Set(references.map(({ table, column }) => `${table}.${column}`));
    const declared = Object.entries(tables).flatMap(([table, { whenGone }]) =>
      Object.keys(whenGone).map((column) => `${table}.${column}`),
    );
    expect(declared.filter((column) => !known.has(column))).toEqual([]);
  });

  it('agrees with the foreign keys: what restricts or cascades is deleted with its target', () => {
    // Rows of accounts are never deleted.
    const strict = references.filter(({ target, onDelete }) => target !== 'account' && onDelete !== null);
    expect(strict.length).toBeGreaterThan(5);
    const wrong = strict.filter(({ table, column, onDelete }) => {
      const declared = tables[table]?.whenGone[column];
      return onDelete === 'n' ? declared !== 'replaced' : declared !== 'deleted';
    });
    expect(wrong).toEqual([]);
  });
});

describe('the copy of a person’s data', () => {
  const parts = () => app.app.modules.flatMap((module) => module.personalData?.(app.database.db, randomUUID()) ?? []);

  it('is decided on for each table that names accounts', () => {
    const naming = references.filter(({ target }) => target === 'account').map(({ table }) => table);
    const undecided = [...new Set(naming)].filter((table) => tables[table]?.exported === undefined);
    expect(undecided.map((table) => `packages/server/src/modules/${ownerOf(table)}/lifecycle.ts: ${table}`)).toEqual(
      [],
    );
  });

  it('has exactly the files that the tables name', () => {
    const named = Object.values(tables).flatMap(({ exported }) =>
      exported !== undefined && 'as' in exported ? [exported.as] : [],
    );
    expect([...new Set(named)].sort()).toEqual(
      parts()
        .map(({ name }) => name)
        .sort(),
    );
  });
});
