import type { Logger } from 'pino';
import type { Database } from '../database/index.ts';
import type { Job } from './job.ts';
import type { JobSystem } from './jobs.ts';
import { claimPeriod } from './periodic-store.ts';

const LOOK_MS = 60_000;

/** A job that runs periodically, each time on one node. */
export interface Periodic {
  /** Has an empty payload. */
  job: Job<Record<string, never>>;
  everyMs: number;
}

/**
 * Queues each job that is due, in the transaction that sets its next due time: once per period, however many nodes run.
 */
export async function queueDue(
  database: Pick<Database, 'transaction'>,
  jobs: Pick<JobSystem, 'addJobs'>,
  periodic: readonly Periodic[],
): Promise<void> {
  for (const { job, everyMs } of periodic) {
    await database.transaction(async (tx) => {
      if (await claimPeriod(tx, job.name, everyMs)) await jobs.addJobs(tx, [{ job, data: {} }]);
    });
  }
}

/**
 * Checks every minute.
 * @returns a function that stops it
 */
export function startPeriodic(
  database: Pick<Database, 'transaction'>,
  jobs: Pick<JobSystem, 'addJobs'>,
  periodic: readonly Periodic[],
  log: Pick<Logger, 'warn'>,
): () => void {
  const timer = setInterval(() => {
    queueDue(database, jobs, periodic).catch((error: unknown) =>
      log.warn({ err: error }, 'could not queue periodic jobs'),
    );
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}
