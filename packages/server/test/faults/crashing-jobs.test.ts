import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { defineJob, type JobLock } from '../../src/platform/jobs/index.ts';
import { addJobs } from '../../src/platform/jobs/queue.ts';
import { queueMail } from '../../src/platform/mail/index.ts';
import { type Person, type TestApp, testApp } from '../app.ts';
import { inheritedEnv } from '../inherited-env.ts';
import { report } from './harness/report.ts';
import { allowedMs } from './harness/run-length.ts';
import { until } from './harness/until.ts';

const SCRIPT = path.join(import.meta.dirname, 'serve-jobs.ts');
/** As in the server, fifteen times as fast. */
const LOCK: JobLock = { durationMs: 1_000, checkedEveryMs: 300, crashes: 5 };
/** Longer than a lock, as 20 s are longer than 15 s. */
const BLOCK_MS = 3_000;
const WITHIN_MS = allowedMs(15_000);
const data = z.strictObject({ id: z.string(), crashes: z.int() });

let app: TestApp;
let ann: Person;
beforeEach(async () => {
  app = await testApp({ jobs: { lock: LOCK } });
  // The first account is the administrator.
  ann = await app.person('Ann');
  // The mail that asks her to verify her address is not part of this test.
  await app.database.pool.query('delete from bullmq.job');
  await app.database.pool.query('create table run (id text primary key, runs int not null)');
});
afterEach(() => app?.close());

/** The output of all nodes of a test. */
type Lines = string[];

function startNode(lines: Lines, lock = LOCK): ChildProcess {
  const child = spawn(process.execPath, [SCRIPT, app.database.url, JSON.stringify(lock), String(BLOCK_MS)], {
    env: inheritedEnv(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface(child.stdout).on('line', (line) => lines.push(line));
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

const count = (lines: Lines, line: string) => lines.filter((each) => each === line).length;
const saidTimes = (lines: Lines, line: string, times: number) =>
  until(
    () => count(lines, line) >= times,
    WITHIN_MS,
    () => `${line} × ${times}, but ${lines.join(', ')}`,
  );

/** Adds jobs that end their process a number of times. */
const addCrashing = (jobs: Readonly<Record<string, number>>) =>
  app.database.transaction((tx) =>
    addJobs(
      tx,
      Object.entries(jobs).map(([id, crashes]) => ({ job: defineJob('test.crash', data), data: { id, crashes } })),
      { attempts: 5, delayMs: 100 },
    ),
  );

async function idle(): Promise<boolean> {
  const { active, waiting, delayed } = await app.app.jobs.counts();
  return active + waiting + delayed === 0;
}

/** Starts one node after the other, until one does not crash, or `most` have. @returns how many crashed */
async function crash(lines: Lines, most: number, lock = LOCK): Promise<number> {
  for (let crashes = 0; crashes < most; crashes += 1) {
    const child = startNode(lines, lock);
    const given = () => lines.some((line) => line.startsWith('given up'));
    await until(
      () => child.signalCode !== null || given(),
      WITHIN_MS,
      () => `a crash, but ${lines.join(', ')}`,
    );
    if (child.signalCode === null) return crashes;
  }
  return most;
}

test('F27 a job whose worker dies four times completes; after the sixth time it is given up, and administrators are told', async () => {
  const lines: Lines = [];
  await addCrashing({ four: 4, none: 0 });
  expect(await crash(lines, 4)).toBe(4);
  const fifth = startNode(lines);
  await saidTimes(lines, 'effect four', 1);
  await until(idle, WITHIN_MS, 'its job is over');
  fifth.kill('SIGKILL');
  // Added now: a job that ends its process would also end this one's.
  await addCrashing({ six: 100 });
  expect(await crash(lines, 6)).toBe(6);
  await app.app.jobs.start();
  const told = async () =>
    (await ann.call('notifications.list', {})).items.map(({ type, body, title }) => ({ type, body, title }));
  await until(
    async () => (await told()).length > 0,
    WITHIN_MS,
    () => `a notice, but ${lines.join(', ')}`,
  );
  expect(await told()).toEqual([
    {
      type: 'general',
      title: 'A background job was given up',
      body: expect.stringContaining('test.crash: job stalled more than allowable limit'),
    },
  ]);
  expect([count(lines, 'effect four'), count(lines, 'effect six'), count(lines, 'effect none')]).toEqual([1, 0, 1]);
  expect(await app.app.jobs.counts()).toMatchObject({ active: 0, waiting: 0, failed: 1 });
  const { rows } = await app.database.pool.query("select runs from run where id = 'six'");
  expect(rows).toEqual([{ runs: 6 }]);
}, 180_000);

test('F27 twin: with one crash allowed, the job that would complete is given up after its second', async () => {
  const lines: Lines = [];
  await addCrashing({ four: 4 });
  expect(await crash(lines, 4, { ...LOCK, crashes: 1 })).toBe(2);
  expect(count(lines, 'effect four')).toBe(0);
}, 180_000);

test('F28 a mail whose worker is blocked beyond its lock is sent once; twin: without a claim it is sent twice', async () => {
  const lines: Lines = [];
  const mail = { to: { name: 'Ann', address: ann.email }, subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' };
  startNode(lines);
  await app.app.transact({ actorId: null }, (work) => queueMail(work, mail));
  await saidTimes(lines, 'began mail', 1);
  startNode(lines);
  await saidTimes(lines, 'took over', 1);
  await saidTimes(lines, 'effect mail', 1);
  await until(idle, WITHIN_MS, 'the second run is over');
  expect(count(lines, 'effect mail')).toBe(1);

  const retry = { attempts: 5, delayMs: 100 };
  const bare = { job: defineJob('test.bare', data), data: { id: 'bare', crashes: 0 } };
  await app.database.transaction((tx) => addJobs(tx, [bare], retry));
  await saidTimes(lines, 'effect bare', 2);
  report('F28', { mailsSent: count(lines, 'effect mail'), twinEffects: count(lines, 'effect bare') });
}, 120_000);
