import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { testDatabase } from './database.ts';

async function exists(name: string): Promise<boolean> {
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
  await admin.end();
  return rowCount === 1;
}

test('a test database has the schema, is separate, and is deleted after close', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
  const name = new URL(one.url).pathname.slice(1);
  await one.pool.query('create table only_here (id integer)');
  expect(await exists(name)).toBe(true);
  await expect(two.pool.query('select * from only_here')).rejects.toThrow('does not exist');
  const { rowCount } = await two.pool.query(
    `select from pg_tables where schemaname = 'public' and tablename = 'migration'`,
  );
  expect(rowCount).toBe(1);
  await Promise.all([one.close(), two.close()]);
  expect(await exists(name)).toBe(false);
});

test('an empty test database has no schema, and closes with a connection still in use', async () => {
  const database = await testDatabase({ template: false });
  const { rowCount } = await database.pool.query(
    `select from pg_tables where schemaname = 'public' and tablename = 'migration'`,
  );
  expect(rowCount).toBe(0);
  await database.close();
  await database.close();
});
