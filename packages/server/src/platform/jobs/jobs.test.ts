import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, expect, inject, test, vi } from 'vitest';
import { z } from 'zod';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../database/index.ts';
import {
  createJobs,
  defineJob,
  type JobRun,
  type JobSystem,
  type JobsOptions,
  PermanentFailure,
  type QueuedJob,
} from './index.ts';
import { openJobsPool } from './pool.ts';

type Handler = (data: { id: string }, run: JobRun) => Promise<void>;
interface Line {
  msg: string;
  reason?: string;
  name?: string;
}

let database: Database;
const running: JobSystem[] = [];
const lines: Line[] = [];
const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line) as Line) });

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((jobs) => jobs.stop()));
  await database.pool.query('delete from bullmq.job');
  lines.length = 0;
});
afterAll(async () => {
  await database.close();
});

const define = (name: string) => defineJob(name, z.strictObject({ id: z.string() }));

async function jobSystem(handlers: Record<string, Handler>, options: Partial<JobsOptions> = {}): Promise<JobSystem> {
  const defined = Object.entries(handlers).map(([name, handler]) => define(name).handledBy(handler));
  const jobs = await createJobs({
    database,
    log,
    clock: { offsetMs: () => 0 },
    owners: [{ name: 'test', jobs: defined }],
    retry: { attempts: 3, delayMs: 50 },
    ...options,
  });
  running.push(jobs);
  return jobs;
}

function job(name: string, id: string, delayMs = 0): QueuedJob {
  return { job: define(name), data: { id }, delayMs };
}

async function add(jobs: JobSystem, ...added: QueuedJob[]): Promise<void> {
  await database.transaction((tx) => jobs.addJobs(tx, added));
}

test('a job runs once, after the commit and never before it', async () => {
  const ran: string[] = [];
  const jobs = await jobSystem({ note: async ({ id }) => void ran.push(id) });
  await jobs.start();
  await database.transaction(async (tx) => {
    await jobs.addJobs(tx, [job('note', 'a'), job('note', 'b')]);
    await sleep(150);
    expect(ran).toEqual([]);
  });
  await vi.waitFor(() => expect(jobs.status().completed).toBe(2));
  await sleep(100);
  expect(ran.sort()).toEqual(['a', 'b']);
  expect(await jobs.counts()).toEqual({ active: 0, waiting: 0, delayed: 0, failed: 0 });
});

test('a job of a transaction that rolls back never runs', async () => {
  const ran: string[] = [];
  const jobs = await jobSystem({ note: async ({ id }) => void ran.push(id) });
  await jobs.start();
  const rollback = database.transaction(async (tx) => {
    await jobs.addJobs(tx, [job('note', 'lost')]);
    throw new Error('rolled back');
  });
  await expect(rollback).rejects.toThrow('rolled back');
  await add(jobs, job('note', 'kept'));
  await vi.waitFor(() => expect(jobs.status().completed).toBe(1));
  expect(ran).toEqual(['kept']);
});

test('two open transactions add jobs without waiting for each other', async () => {
  const jobs = await jobSystem({ note: async () => undefined });
  await database.transaction(async (first) => {
    await jobs.addJobs(first, [job('note', '1')]);
    await add(jobs, job('note', '2'));
    expect(await jobs.counts()).toMatchObject({ waiting: 1 });
  });
  expect(await jobs.counts()).toMatchObject({ waiting: 2 });
});

test('a delayed job runs when it is due', async () => {
  let ranAt = 0;
  const jobs = await jobSystem({
    note: async () => {
      ranAt = performance.now();
    },
  });
  await jobs.start();
  const addedAt = performance.now();
  await add(jobs, job('note', 'later', 300));
  expect(await jobs.counts()).toMatchObject({ delayed: 1 });
  await vi.waitFor(() => expect(ranAt).toBeGreaterThan(0));
  expect(ranAt - addedAt).toBeGreaterThanOrEqual(290);
});

test('a failing job is retried with growing delays, then given up and logged with the reason', async () => {
  const tries: { at: number; attempt: number; last: boolean; id: string }[] = [];
  const jobs = await jobSystem({
    fail: async (_data, { id, attempt, last }) => {
      tries.push({ at: performance.now(), attempt, last, id });
      throw new Error('nul \0 and half a pair \uD800 are not storable');
    },
  });
  await jobs.start();
  await add(jobs, job('fail', 'x'));
  await vi.waitFor(() => expect(jobs.status().failed).toBe(1));
  expect(tries.map(({ attempt, last }) => [attempt, last])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ]);
  expect(new Set(tries.map(({ id }) => id)).size).toBe(1);
  const [first = 0, second = 0, third = 0] = tries.map(({ at }) => at);
  expect(second - first).toBeGreaterThanOrEqual(39);
  expect(third - second).toBeGreaterThanOrEqual(79);
  expect(jobs.status()).toMatchObject({ retried: 2, completed: 0 });
  expect(await jobs.counts()).toMatchObject({ failed: 1 });
  const line = lines.find(({ msg }) => msg === 'job given up');
  expect(line).toMatchObject({ name: 'fail', reason: expect.stringContaining('are not storable') });
});

test('a permanent failure is not retried', async () => {
  let tries = 0;
  const jobs = await jobSystem({
    fail: async () => {
      tries += 1;
      throw new PermanentFailure('there is no such person');
    },
  });
  await jobs.start();
  await add(jobs, job('fail', 'x'));
  await vi.waitFor(() => expect(jobs.status().failed).toBe(1));
  expect(tries).toBe(1);
  expect(lines.find(({ msg }) => msg === 'job given up')).toMatchObject({ reason: 'there is no such person' });
});

test('a job that this node does not know is left for another node', async () => {
  const retry = { attempts: 10, delayMs: 20 };
  const newer = await jobSystem({ newer: async () => undefined }, { retry });
  const older = await jobSystem({ note: async () => undefined });
  await older.start();
  await add(newer, job('newer', 'x'));
  await vi.waitFor(() => expect(older.status().retried).toBeGreaterThan(0));
  await older.stop();
  await newer.start();
  await vi.waitFor(() => expect(newer.status().completed).toBe(1));
});

test('stop lets a running job finish', async () => {
  let finished = false;
  const jobs = await jobSystem({
    slow: async () => {
      await sleep(300);
      finished = true;
    },
  });
  await jobs.start();
  await add(jobs, job('slow', 'x'));
  await vi.waitFor(async () => expect(await jobs.counts()).toMatchObject({ active: 1 }));
  await jobs.stop();
  expect(finished).toBe(true);
  expect(await jobs.counts()).toEqual({ active: 0, waiting: 0, delayed: 0, failed: 0 });
  await jobs.stop();
});

test('a job that does not finish in time is aborted, returned to the queue, and runs elsewhere without losing an attempt', async () => {
  let told = false;
  const stopping = await jobSystem(
    {
      endless: (_data, { signal }) => {
        signal.addEventListener('abort', () => {
          told = true;
        });
        return new Promise(() => undefined);
      },
    },
    { graceMs: 100 },
  );
  await stopping.start();
  await add(stopping, job('endless', 'x'));
  await vi.waitFor(async () => expect(await stopping.counts()).toMatchObject({ active: 1 }));
  await stopping.stop();
  expect(told).toBe(true);
  expect(await stopping.counts()).toMatchObject({ active: 0, waiting: 1 });
  const attempts: number[] = [];
  const other = await jobSystem({ endless: async (_data, { attempt }) => void attempts.push(attempt) });
  await other.start();
  await vi.waitFor(() => expect(attempts).toEqual([1]));
});

test('jobs continue after the database was down; meanwhile the queue floods neither the log nor the server', async () => {
  const admin = new pg.Client({ connectionString: inject('clusterUrl') });
  await admin.connect();
  const probe = openJobsPool(database.url, log);
  try {
    const jobs = await jobSystem({ note: async () => undefined });
    await jobs.start();
    const name = new URL(database.url).pathname.slice(1);
    await admin.query(`alter database ${name} allow_connections false`);
    await admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
    await sleep(300);
    // The only code for which the queue's library waits before it tries again.
    await expect(probe.query('select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    expect(lines.length).toBeLessThan(10);
    await admin.query(`alter database ${name} allow_connections true`);
    await vi.waitFor(() => add(jobs, job('note', 'x')));
    await vi.waitFor(() => expect(jobs.status().completed).toBe(1));
  } finally {
    await probe.end();
    await admin.end();
  }
});

test('a payload with more than ids is refused', async () => {
  const jobs = await jobSystem({ note: async () => undefined });
  await expect(add(jobs, job('note', 'x'.repeat(3_000)))).rejects.toThrow('must contain ids only');
  expect(await jobs.counts()).toMatchObject({ waiting: 0 });
});

test('a job without a handler is refused, with the place where it is missing', async () => {
  const jobs = await jobSystem({ note: async () => undefined });
  await expect(add(jobs, job('lost', 'x'))).rejects.toThrow('lost has no handler: add it to `jobs` of its module.');
});

test('an invalid payload of another version fails immediately', async () => {
  const ran: string[] = [];
  const jobs = await jobSystem({ note: async ({ id }) => void ran.push(id) });
  await jobs.start();
  await add(jobs, { job: define('note'), data: { other: 1 } });
  await vi.waitFor(() => expect(jobs.status().failed).toBe(1));
  expect(ran).toEqual([]);
  expect(jobs.status().retried).toBe(0);
});

test.each([2_500, -60_000])('a node whose clock is %i ms off runs no jobs until the clock is right', async (skew) => {
  let offset = skew;
  const clock = { offsetMs: () => offset };
  const jobs = await jobSystem({ note: async () => undefined }, { clock, recheckMs: 50 });
  await jobs.start();
  await add(jobs, job('note', 'x'));
  await sleep(200);
  expect(jobs.status()).toMatchObject({ working: false, completed: 0, clockOffsetMs: skew });
  expect(lines.some(({ msg }) => msg.includes('takes no jobs until the clock is set'))).toBe(true);
  offset = 1_500;
  await vi.waitFor(() => expect(jobs.status()).toMatchObject({ working: true, completed: 1 }));
});

test('the queue is created once, whichever node is first, and is vacuumed early', async () => {
  const fresh = await testDatabase({ template: false });
  try {
    const parts = { log, clock: { offsetMs: () => 0 }, owners: [] };
    const all = await Promise.all([1, 2, 3].map(() => createJobs({ database: fresh, ...parts })));
    await Promise.all(all.map((jobs) => jobs.stop()));
    const { rows } = await fresh.pool.query(`select reloptions from pg_class where oid = 'bullmq.job'::regclass`);
    expect(rows[0].reloptions).toContain('autovacuum_vacuum_scale_factor=0.02');
  } finally {
    await fresh.close();
  }
});

test('the queue uses few connections and returns all of them', async () => {
  const count = async () => {
    const { rows } = await database.pool.query(
      `select count(*)::int as n from pg_stat_activity
       where datname = current_database() and application_name in ('atrium jobs', 'atrium')`,
    );
    return rows[0].n as number;
  };
  const jobs = await jobSystem({ note: () => sleep(20) });
  await jobs.start();
  await add(jobs, ...Array.from({ length: 30 }, (_, index) => job('note', String(index))));
  await vi.waitFor(() => expect(jobs.status().completed).toBe(30));
  expect(await count()).toBeLessThanOrEqual(4);
  await jobs.stop();
  await vi.waitFor(async () => expect(await count()).toBe(0));
});
