import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { testDatabase } from '../../../test/database.ts';
import type { Database } from '../database/index.ts';
import { defineJob, type QueuedJob } from './job.ts';
import { queueDue } from './periodic.ts';

const job = defineJob('test.sweep', z.strictObject({}));

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database?.close());

it('queues what is due once per period, however many nodes run', async () => {
  const queued: QueuedJob[] = [];
  const jobs = { addJobs: async (_: unknown, added: readonly QueuedJob[]) => void queued.push(...added) };
  const periodic = [{ job, everyMs: 3_600_000 }];
  const ask = () => Promise.all([1, 2, 3, 4].map(() => queueDue(database, jobs, periodic)));
  await ask();
  await ask();
  expect(queued).toEqual([{ job, data: {} }]);
  await database.pool.query("update periodic_job set due_at = now() - interval '1 second'");
  await ask();
  expect(queued).toHaveLength(2);
});

it('queues nothing if the job cannot be added', async () => {
  const refuse = { addJobs: () => Promise.reject(new Error('full')) };
  await database.pool.query('delete from periodic_job');
  await expect(queueDue(database, refuse, [{ job, everyMs: 1_000 }])).rejects.toThrow('full');
  const { rows } = await database.pool.query('select * from periodic_job');
  expect(rows).toEqual([]);
});
