import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createJobs, defineJob, type JobSystem } from '../../src/platform/jobs/index.ts';
import { type Person, type TestApp, testApp } from '../app.ts';
import { testDatabase } from '../database.ts';
import { report } from './harness/report.ts';
import { allowedMs, shortOrLong } from './harness/run-length.ts';
import { until } from './harness/until.ts';

const FINISHED = shortOrLong(50_000, 200_000);
const EVENTS = shortOrLong(500_000, 5_000_000);
const STREAMS = 1_000;
/** No statement may take longer than its timeout. */
const AT_ONCE = 100_000;
const CALLS = 200;
const LIMITS = { start: allowedMs(500), page: allowedMs(100) };

const p99 = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;

let app: TestApp;
let ann: Person;
let workspaceId: string;
beforeAll(async () => {
  app = await testApp();
  ann = await app.person('Ann');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
}, 60_000);
afterAll(() => app?.close());

/** How many rows of a table were read without an index so far; the last second may be missing. */
async function readInOrder(table: string): Promise<number> {
  const text = 'select seq_tup_read as n from pg_stat_user_tables where relid = $1::regclass';
  return Number((await app.database.pool.query<{ n: number }>(text, [table])).rows[0]?.n);
}

test('F47 jobs start at once beside many finished ones of which nothing was vacuumed', async () => {
  // Without the program, whose workers would take the jobs.
  const database = await testDatabase();
  onTestFinished(() => database.close());
  const { pool } = database;
  await pool.query('alter table bullmq.job set (autovacuum_enabled = false)');
  // Each was running once, so a dead row of it is among those that run.
  await pool.query(
    `insert into bullmq.job (queue, id, seq, name, state, added_at_ms, locked_until_ms)
     select 'atrium', 'made-' || n, n, 'test.done', 'active', extract(epoch from now()) * 1000,
       extract(epoch from now()) * 1000 + 600000
     from generate_series(1, $1::int) n`,
    [FINISHED],
  );
  await pool.query(
    `update bullmq.job set state = 'failed', locked_until_ms = null, finished_at_ms = extract(epoch from now()) * 1000
     where name = 'test.done'`,
  );
  const begun = new Map<string, number>();
  const job = defineJob('test.begin', z.strictObject({ id: z.string() }));
  const handled = job.handledBy(async ({ id }) => void begun.set(id, performance.now()));
  let jobs: JobSystem | undefined;
  try {
    jobs = await createJobs({
      database,
      log: pino({ level: 'silent' }),
      clock: { offsetMs: () => 0 },
      owners: [{ name: 'test', jobs: [handled] }],
    });
    await jobs.start();
    const { addJobs } = jobs;
    const took: number[] = [];
    for (let at = 0; at < CALLS; at += 1) {
      const id = String(at);
      await database.transaction((tx) => addJobs(tx, [{ job, data: { id } }]));
      const added = performance.now();
      await until(() => begun.has(id), allowedMs(10_000), `job ${id} began`);
      took.push(Math.max(0, (begun.get(id) ?? Number.NaN) - added));
    }
    report('jobs beside finished ones', { finished: FINISHED, p99: Math.round(p99(took)) });
    expect(p99(took)).toBeLessThan(LIMITS.start);
    const rows = await pool.query(`select count(*)::int as n from bullmq.job where name = 'test.done'`);
    expect(rows.rows[0]?.n, 'the finished ones are still there').toBe(FINISHED);
  } finally {
    await jobs?.stop();
  }
}, 180_000);

test('F47 a page of a stream is read by its key, however many events there are', async () => {
  const { pool } = app.database;
  await pool.query('alter table event set (autovacuum_enabled = false)');
  for (let from = 0; from < EVENTS; from += AT_ONCE) {
    await pool.query(
      `insert into event (stream, seq, type, body)
       select 'conversation:' || md5((n % $3)::text)::uuid, n / $3 + 1, 'test:made', '{}'
       from generate_series($1::int, $2::int) n`,
      [from, Math.min(EVENTS, from + AT_ONCE) - 1, STREAMS],
    );
  }
  // Without statistics the planner would guess; nothing else is done to the table.
  await pool.query('analyze event');
  const stream = `workspace:${workspaceId}` as const;
  for (let at = 0; at < 120; at += 1) await ann.call('workspaces.update', { workspaceId, name: `Garden ${at}` });
  const before = await readInOrder('event');
  const took: number[] = [];
  for (let at = 0; at < CALLS; at += 1) {
    const start = performance.now();
    const { events } = await ann.call('streams.sync', { stream, after: at % 20 });
    took.push(performance.now() - start);
    expect(events.length).toBeGreaterThan(50);
  }
  report('pages of a stream', { events: EVENTS, p99: Math.round(p99(took)) });
  expect(p99(took)).toBeLessThan(LIMITS.page);
  // Pages without the index would have read the table a hundred times.
  await sleep(2_000);
  expect((await readInOrder('event')) - before).toBeLessThan(3 * EVENTS);
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(
    'explain select * from event where stream = $1 and seq > 5 order by seq limit 100',
    [stream],
  );
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toMatch(/Index Scan using event_pkey/);
}, 240_000);
