import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARTS } from '../src/modules/imports/rows/export-format.ts';
import type { TableLifecycle } from '../src/platform/module/index.ts';
import { type TestApp, testApp } from './app.ts';
import { lifecycleFileOf, ownerOf, type Reference, referencesIn, tablesOfWorkspaces } from './lifecycle/references.ts';

/** References whose row has no declared lifecycle, with the file in which to declare it. */
function undeclared(references: readonly Reference[], tables: Record<string, TableLifecycle>): string[] {
  return references
    .filter(({ table, column }) => tables[table]?.whenGone[column] === undefined)
    .map(
      ({ table, column, target }) =>
        `${table}.${column}: declare what happens to the row when the ${target} is deleted in ${lifecycleFileOf(table)}`,
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

describe('the lifecycle of the rows of a table', () => {
  it('is declared for each column that refers to an account, a workspace or a conversation', () => {
    expect(references.length).toBeGreaterThan(30);
    expect(undeclared(references, tables)).toEqual([]);
  });

  it('is reported for a new table, with the file in which to declare it', async () => {
    await app.database.pool.query('create table sample (id uuid primary key, created_by uuid references account)');
    try {
      expect(undeclared(await referencesIn(app.database), tables)).toEqual([
        'sample.created_by: declare what happens to the row when the account is deleted in packages/server/src/modules/<feature>/lifecycle.ts',
      ]);
    } finally {
      await app.database.pool.query('drop table sample');
    }
    expect(ownerOf('draft')).toBe('chat');
  });

  it('is declared for existing columns only', () => {
    const known = new Set(references.map(({ table, column }) => `${table}.${column}`));
    const declared = Object.entries(tables).flatMap(([table, { whenGone }]) =>
      Object.keys(whenGone).map((column) => ({ table, name: `${table}.${column}` })),
    );
    const wrong = declared.filter(({ name }) => !known.has(name));
    expect(wrong.map(({ table, name }) => `${lifecycleFileOf(table)}: ${name} refers to nothing`)).toEqual([]);
  });

  it('is announced to those who saw the row, or has a reason not to, if it is deleted with a person', () => {
    const going = references.filter(
      ({ table, column, target }) => target === 'account' && (tables[table]?.whenGone[column] ?? 'kept') !== 'kept',
    );
    const unsaid = [...new Set(going.map(({ table }) => table))].filter((table) => tables[table]?.told === undefined);
    expect(unsaid.map((table) => `${lifecycleFileOf(table)}: told of ${table}`)).toEqual([]);
  });

  it('matches the foreign keys: what restricts or cascades is deleted with its target', () => {
    // Rows of accounts are never deleted.
    const strict = references.filter(({ target, onDelete }) => target !== 'account' && onDelete !== null);
    expect(strict.length).toBeGreaterThan(5);
    const wanted = (onDelete: Reference['onDelete']) => (onDelete === 'n' ? 'replaced' : 'deleted');
    const wrong = strict.filter(({ table, column, onDelete }) => tables[table]?.whenGone[column] !== wanted(onDelete));
    expect(
      wrong.map(
        ({ table, column, onDelete }) => `${lifecycleFileOf(table)}: ${table}.${column} is '${wanted(onDelete)}'`,
      ),
    ).toEqual([]);
  });
});

describe('a person’s data export', () => {
  const parts = () => app.app.modules.flatMap((module) => module.personalData?.(app.database.db, randomUUID()) ?? []);

  it('is decided on for each table that refers to accounts', () => {
    const naming = references.filter(({ target }) => target === 'account').map(({ table }) => table);
    const undecided = [...new Set(naming)].filter((table) => tables[table]?.exported === undefined);
    expect(undecided.map((table) => `${lifecycleFileOf(table)}: exported of ${table}`)).toEqual([]);
  });

  it('has exactly the files that the tables name', () => {
    const named = Object.values(tables).flatMap(({ exported }) =>
      exported !== undefined && 'as' in exported ? [exported.as] : [],
    );
    const where = 'each `exported: { as }` of a lifecycle.ts is a file of personalData of the same module';
    expect([...new Set(named)].sort(), where).toEqual(
      parts()
        .map(({ name }) => name)
        .sort(),
    );
  });
});

describe('the export of a workspace', () => {
  it('is decided on for each table that belongs to a workspace', async () => {
    const ofWorkspaces = await tablesOfWorkspaces(app.database);
    expect(ofWorkspaces.length).toBeGreaterThan(40);
    expect(ofWorkspaces).toEqual(expect.arrayContaining(['task_label', 'order_line', 'message', 'webhook_delivery']));
    const undecided = ofWorkspaces.filter((table) => tables[table]?.partOfExport === undefined);
    expect(undecided.map((table) => `${lifecycleFileOf(table)}: partOfExport of ${table}`)).toEqual([]);
  });

  it('is declared for tables of workspaces only, and has exactly the parts that they name', async () => {
    const ofWorkspaces = new Set(await tablesOfWorkspaces(app.database));
    const declared = Object.entries(tables).filter(([, { partOfExport }]) => partOfExport !== undefined);
    expect(declared.flatMap(([table]) => (ofWorkspaces.has(table) ? [] : [table]))).toEqual([]);
    const named = declared.flatMap(([, { partOfExport }]) =>
      partOfExport !== undefined && 'as' in partOfExport ? [partOfExport.as] : [],
    );
    expect([...new Set(named)].sort()).toEqual([...PARTS].sort());
  });
});
