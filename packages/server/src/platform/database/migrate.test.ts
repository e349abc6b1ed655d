import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { prepareQueue } from '../jobs/queue.ts';
import { type Database, MigrationError, migrate } from './index.ts';

let database: Database;
let directory: string;

beforeEach(async () => {
  database = await testDatabase({ template: false });
  directory = await mkdtemp(path.join(os.tmpdir(), 'atrium-migrate-'));
});

afterEach(async () => {
  await database.close();
  await rm(directory, { recursive: true, force: true });
});

function file(name: string, content: string): Promise<void> {
  return writeFile(path.join(directory, name), content);
}

async function recorded(): Promise<string[]> {
  const { rows } = await database.pool.query<{ name: string }>('select name from migration order by id');
  return rows.map((row) => row.name);
}

test('files are applied in order, once, and an empty folder is fine', async () => {
  expect(await migrate(database, { directory })).toEqual({ applied: [] });
  await file('0002_more.sql', 'alter table thing add column size integer; insert into thing values (1, 2);');
  await file('0001_thing.sql', 'create table thing (id integer primary key);');
  expect(await migrate(database, { directory })).toEqual({ applied: ['thing', 'more'] });
  expect(await migrate(database, { directory })).toEqual({ applied: [] });
  await file('0003_last.sql', 'insert into thing values (2, 3);');
  expect(await migrate(database, { directory })).toEqual({ applied: ['last'] });
});

test('a start logs what was applied in one line, and nothing if nothing was', async () => {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  await file('0001_thing.sql', 'create table thing (id integer primary key);');
  await file('0002_more.sql', 'alter table thing add column size integer;');
  await migrate(database, { directory, log });
  await migrate(database, { directory, log });
  expect(lines).toEqual([
    expect.objectContaining({ msg: 'migrations applied', count: 2, newest: 'more', ms: expect.any(Number) }),
  ]);
});

test('the connection is returned with its former settings, and holds no lock', async () => {
  const one = await testDatabase({ template: false, poolSize: 1 });
  const session = async () => {
    const { rows } = await one.pool.query(
      `select pg_backend_pid() as pid, current_setting('statement_timeout') as statement,
         current_setting('lock_timeout') as lock, current_setting('TimeZone') as zone,
         (select count(*)::int from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) as locks`,
    );
    return rows[0];
  };
  const before = await session();
  await file('0001_thing.sql', 'create table thing (id integer primary key);');
  await migrate(one, { directory });
  await prepareQueue(one.pool);
  expect(await session()).toEqual(before);
  expect(before).toMatchObject({ statement: '15s', lock: '5s', zone: 'UTC' });
  await one.close();
});

test('F44 nodes that start together apply each file exactly once', async () => {
  await file('0001_count.sql', 'create table count (n integer); select pg_sleep(0.2);');
  await file('0002_row.sql', 'insert into count values (1);');
  const results = await Promise.all(Array.from({ length: 5 }, () => migrate(database, { directory })));
  expect(results.flatMap((result) => result.applied)).toEqual(['count', 'row']);
  expect((await database.pool.query('select n from count')).rows).toEqual([{ n: 1 }]);
});

test('F44 a file that fails has no effect, and is named in the error', async () => {
  await file('0001_good.sql', 'create table good (id integer);');
  await file('0002_bad.sql', 'create table half (id integer); select no_such_function();');
  const failed = migrate(database, { directory });
  await expect(failed).rejects.toBeInstanceOf(MigrationError);
  await expect(failed).rejects.toThrow('Migration 2 (bad) failed');
  expect(await recorded()).toEqual(['good']);
  expect((await database.pool.query(`select to_regclass('half') as half`)).rows).toEqual([{ half: null }]);
});

test('a file that deadlocks with a running node is retried', async () => {
  await file('0001_things.sql', 'create table one (id integer); create table other (id integer);');
  await migrate(database, { directory });
  const node = await database.pool.connect();
  await node.query("begin; lock table other; set local deadlock_timeout = '20s'");
  // The file has the shorter deadlock timeout: it is the one that is aborted.
  await file(
    '0002_both.sql',
    `set local deadlock_timeout = '300ms'; lock table one; lock table other; insert into one values (1);`,
  );
  const migrating = migrate(database, { directory });
  const waiting = "select from pg_locks where not granted and relation = 'other'::regclass";
  await vi.waitUntil(async () => (await database.pool.query(waiting)).rowCount === 1, { timeout: 10_000, interval: 5 });
  await node.query('lock table one; commit');
  node.release();
  expect(await migrating).toEqual({ applied: ['both'] });
  expect((await database.pool.query('select id from one')).rows).toEqual([{ id: 1 }]);
});

test('F44 killed midway, a file is applied completely or not at all, and the next start continues', async () => {
  await file('0001_first.sql', 'create table first (id integer);');
  await file('0002_slow.sql', 'create table slow (id integer); select pg_sleep(0.4); insert into slow values (1);');
  const script = `
    import pg from 'pg';
    import { migrate } from ${JSON.stringify(new URL('./migrate.ts', import.meta.url).href)};
    await migrate({ pool: new pg.Pool({ connectionString: ${JSON.stringify(database.url)} }) },
      { directory: ${JSON.stringify(directory)} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  const busy = `select from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`;
  await expect.poll(async () => (await database.pool.query(busy)).rowCount, { interval: 20 }).toBe(1);
  child.kill('SIGKILL');
  await migrate(database, { directory });
  expect(await recorded()).toEqual(['first', 'slow']);
  expect((await database.pool.query('select id from slow')).rows).toEqual([{ id: 1 }]);
});

test('F44 an older version refuses to start with a newer schema and names the unknown migrations', async () => {
  await file('0001_thing.sql', 'create table thing (id integer);');
  await file('0002_future.sql', 'create table future (id integer);');
  await migrate(database, { directory });
  await rm(path.join(directory, '0002_future.sql'));
  await expect(migrate(database, { directory })).rejects.toThrow(/migration 2 \(future\).*newer version/s);
});

test('a changed, late, misnamed or duplicate file is refused', async () => {
  await file('0001_thing.sql', 'create table thing (id integer);\n');
  await file('0003_other.sql', 'create table other (id integer);');
  await migrate(database, { directory });
  await file('0001_thing.sql', 'create table thing (id integer);\r\n');
  expect(await migrate(database, { directory }), 'line endings are no change').toEqual({ applied: [] });
  await file('0001_thing.sql', 'create table thing (id bigint);\n');
  await expect(migrate(database, { directory })).rejects.toThrow('Migration 1 (thing) was changed');
  await file('0001_thing.sql', 'create table thing (id integer);\n');
  await file('0002_late.sql', 'select 1;');
  await expect(migrate(database, { directory })).rejects.toThrow('Migration 2 (late) is older than 3');
  await file('0002_twin.sql', 'select 1;');
  await expect(migrate(database, { directory })).rejects.toThrow('same number 0002');
  await rm(path.join(directory, '0002_late.sql'));
  await file('4_name.sql', 'select 1;');
  await expect(migrate(database, { directory })).rejects.toThrow('misnamed');
});

test('a file that ends its own transaction is refused', async () => {
  await file('0001_sly.sql', 'create table sly (id integer); commit; begin; select 1;');
  await expect(migrate(database, { directory })).rejects.toThrow('ends its own transaction');
  expect(await recorded()).toEqual([]);
});
