import { sql } from 'kysely';
import pg from 'pg';
import pino from 'pino';
import { afterEach, beforeEach, expect, inject, test, vi } from 'vitest';
import { testDatabase } from '../../../test/database.ts';
import { type Database, DatabaseUnavailable, isUnavailable } from './index.ts';
import { CONNECT_TIMEOUT_MS, createPool } from './pool.ts';

let database: Database;

beforeEach(async () => {
  database = await testDatabase({ poolSize: 2 });
});

afterEach(async () => {
  vi.useRealTimers();
  await database.close();
});

test('F11 with every connection busy, the next request is refused after 5 s, and the pool works afterwards', async () => {
  const name = new URL(database.url).pathname.slice(1);
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  const slow = [1, 2].map(() => database.pool.query('select pg_sleep(60)').catch(() => undefined));
  const sleeping = `datname = '${name}' and query like '%pg_sleep(60)' and state = 'active'`;
  await expect.poll(async () => (await admin.query(`select from pg_stat_activity where ${sleeping}`)).rowCount).toBe(2);
  // The monitor has its own connection, and opens another one.
  const isBack = new Promise<void>((resolve) => database.onUp(resolve));
  await admin.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name like '% monitor'",
    [name],
  );
  await isBack;

  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let settled = false;
  const asking = Promise.allSettled([
    database.pool.query('select 1'),
    database.pool.connect(),
    sql`select 1`.execute(database.db),
    database.transaction(async (tx) => sql`select 1`.execute(tx)),
  ]).finally(() => {
    settled = true;
  });
  // All of them wait.
  await new Promise((resolve) => setImmediate(resolve));
  await vi.advanceTimersByTimeAsync(CONNECT_TIMEOUT_MS - 1);
  expect(settled).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  for (const one of await asking) expect(one.status === 'rejected' && one.reason).toBeInstanceOf(DatabaseUnavailable);
  expect(CONNECT_TIMEOUT_MS).toBe(5_000);
  expect(database.health()).toEqual({ ok: true });
  vi.useRealTimers();
  await admin.query(`select pg_cancel_backend(pid) from pg_stat_activity where ${sleeping}`);
  await admin.end();
  await Promise.all(slow);
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('F11 a server without free connections is reported as unavailable, without a crash', async () => {
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  await admin.query(`drop role if exists crowded; create role crowded login password 'crowded' connection limit 1`);
  const url = new URL(database.url);
  [url.username, url.password] = ['crowded', 'crowded'];
  const pool = createPool({ url: url.href, size: 5, applicationName: 'test', log: pino({ level: 'silent' }) });
  const results = await Promise.allSettled(Array.from({ length: 5 }, () => pool.query('select pg_sleep(0.2)')));
  const refused = results.filter((one) => one.status === 'rejected');
  expect(refused.length).toBeGreaterThan(0);
  expect(refused.every((one) => one.reason instanceof DatabaseUnavailable)).toBe(true);
  await pool.end();
  await admin.query('drop role crowded');
  await admin.end();
});

test('when the pool has ended, the server has no more sessions of it', async () => {
  const applicationName = 'atrium ended';
  const pool = createPool({ url: database.url, size: 10, applicationName, log: pino({ level: 'silent' }) });
  await Promise.all(Array.from({ length: 10 }, () => pool.query('select pg_sleep(0.05)')));
  let open = pool.totalCount;
  pool.on('remove', () => {
    open -= 1;
  });
  expect(open).toBe(10);
  await pool.end();
  expect(open).toBe(0);
  const { rows } = await database.pool.query('select from pg_stat_activity where application_name = $1', [
    applicationName,
  ]);
  expect(rows).toHaveLength(0);
});

test('connections that the server closes while idle, in use or in a transaction never end the process', async () => {
  const name = new URL(database.url).pathname.slice(1);
  const client = await database.pool.connect();
  await database.pool.query('select 1');
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  const running = database.pool.query('select pg_sleep(5)');
  const outcome = running.then(
    () => undefined,
    (error: unknown) => error,
  );
  await expect
    .poll(
      async () =>
        (await admin.query(`select from pg_stat_activity where wait_event = 'PgSleep' and datname = '${name}'`))
          .rowCount,
    )
    .toBe(1);
  await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  expect(isUnavailable(await outcome)).toBe(true);
  const second = await client.query('select 1').then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(isUnavailable(second)).toBe(true);
  client.release();
  await expect
    .poll(() =>
      database.pool.query('select 1').then(
        () => true,
        () => false,
      ),
    )
    .toBe(true);
  await admin.end();
});

test('sessions use UTC and have timeouts', async () => {
  const settings = ['timezone', 'statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'];
  const values = await Promise.all(
    settings.map(
      async (name) => (await database.pool.query('select current_setting($1) as value', [name])).rows[0].value,
    ),
  );
  expect(values).toEqual(['UTC', '15s', '5s', '5s']);
});
