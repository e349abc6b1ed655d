import type { Operation } from '@atrium/protocol';
import type pg from 'pg';
import { type Person, type TestApp, testApp } from '../app.ts';
import { collect } from '../collect.ts';
import { comparedAfterBadInput } from '../side-effects.ts';
import type { KnownIds } from './inputs.ts';
import type { BadInputThings, ValidValues } from './valid-values.ts';

/** The whole server, a caller, and objects to use. */
export interface BadInputWorld {
  app: TestApp;
  url: string;
  ann: Person;
  known: KnownIds;
  operations: readonly Operation[];
  /** A digest of every table's rows. */
  digest(): Promise<Record<string, string>>;
}

/** Objects that all features know, by the name of the input. */
async function validValuesOf(things: BadInputThings): Promise<KnownIds> {
  const found = await collect<{ validValues: ValidValues }>('valid-values', 'validValues');
  const values = await Promise.all(found.map(async ({ exports }) => exports.validValues(things)));
  return Object.assign({}, ...values) as KnownIds;
}

/** Creates a separate world; the caller is the admin of the instance and the owner of everything. */
export async function badInputWorld(): Promise<BadInputWorld> {
  const app = await testApp();
  const ann = await app.person('Ann');
  const bob = await app.person('Bob');
  const workspace = await ann.call('workspaces.create', { name: 'Team' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId: workspace.id });
  await bob.call('workspaces.join', { code });
  const conversation = await ann.call('conversations.create', {
    workspaceId: workspace.id,
    kind: 'channel',
    name: 'Plans',
  });
  const url = (await app.listen()).replace(/\/$/, '');
  const { pool } = app.database;
  const tables = (await tablesOf(pool)).filter((name) => comparedAfterBadInput.get(name) !== null);
  return {
    app,
    url,
    ann,
    known: await validValuesOf({ ann, bob, workspaceId: workspace.id, conversationId: conversation.id }),
    operations: [...app.app.executor.operations.values()].map(({ operation }) => operation),
    async digest() {
      const parts = tables.map((name) => {
        const shown = comparedAfterBadInput.get(name) ?? 't::text';
        return `select '${name}' as name, md5(coalesce(string_agg(${shown}, ',' order by ${shown}), '')) as md5 from "${name}" t`;
      });
      const { rows } = await pool.query<{ name: string; md5: string }>(parts.join(' union all '));
      return Object.fromEntries(rows.map(({ name, md5 }) => [name, md5]));
    },
  };
}

async function tablesOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  return rows.map(({ name }) => name);
}
