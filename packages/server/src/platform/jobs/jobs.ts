import type { Logger } from 'pino';
import type { Clock } from '../clock/index.ts';
import type { Database, Transaction } from '../database/index.ts';
import { collectHandlers, type JobOwner } from './handlers.ts';
import type { QueuedJob } from './job.ts';
import { openJobsPool } from './pool.ts';
import { addJobs, countJobs, type JobCounts, prepareQueue, type Retry } from './queue.ts';
import { settlesWithin } from './settles-within.ts';
import { createSupervisor } from './supervisor.ts';
import { type JobTotals, startWorker } from './worker.ts';

export interface JobsOptions {
  database: Pick<Database, 'url' | 'pool' | 'db'>;
  log: Logger;
  /** Everything that handles jobs: the modules and the parts of the platform that do. */
  owners: readonly JobOwner[];
  /** 5 tries, 2 s after the first one unless told otherwise. */
  retry?: Retry;
  clock: Pick<Clock, 'offsetMs'>;
  /** How soon to look again whether this node may work; 5 s by default. */
  recheckMs?: number;
  /** How long running jobs may go on when the program stops; 7 s by default. */
  graceMs?: number;
}

/** Jobs that are done in the background, once each, by whichever node is free. */
export interface JobSystem {
  /**
   * Adds jobs inside the caller's transaction, in one round trip; they exist exactly if it commits and run after that.
   * Throws an Error for a job that no owner handles, a RangeError for a payload that holds more than ids.
   */
  addJobs(tx: Transaction, jobs: readonly QueuedJob[]): Promise<void>;
  /** Begins to take jobs, now or as soon as the database answers and the clocks agree. Never rejects. */
  start(): Promise<void>;
  /** Ends within `graceMs` and 3 s: running jobs finish or go back to the queue. Always resolves; may be called twice. */
  stop(): Promise<void>;
  /** For metrics, over all nodes. */
  counts(): Promise<JobCounts>;
  /** For metrics, of this process: whether it takes jobs, the clocks' difference in ms, what it has done. */
  status(): JobTotals & { working: boolean; clockOffsetMs: number };
}

const DEFAULT_RETRY: Retry = { attempts: 5, delayMs: 2_000 };
const RECHECK_MS = 5_000;
const GRACE_MS = 7_000;
const CLOSE_MS = 1_000;

/**
 * Prepares the queue. Throws an Error when a job has several handlers, or when the queue's tables cannot be made.
 */
export async function createJobs(options: JobsOptions): Promise<JobSystem> {
  const handlers = collectHandlers(options.owners);
  await prepareQueue(options.database.pool);
  const { log } = options;
  const pool = openJobsPool(options.database.url, log);
  const totals: JobTotals = { completed: 0, retried: 0, failed: 0, stalled: 0 };
  const supervisor = createSupervisor({
    log,
    clock: options.clock,
    recheckMs: options.recheckMs ?? RECHECK_MS,
    graceMs: options.graceMs ?? GRACE_MS,
    start: () => startWorker({ pool, handlers, log, totals }),
  });
  let stopping: Promise<void> | undefined;
  return {
    async addJobs(tx, jobs) {
      const lost = jobs.find(({ job }) => !handlers.has(job.name));
      if (lost !== undefined) throw new Error(`Nothing handles ${lost.job.name}: list it in \`jobs\` of its module.`);
      await addJobs(tx, jobs, options.retry ?? DEFAULT_RETRY);
    },
    start: supervisor.start,
    stop() {
      stopping ??= supervisor.stop().then(async () => {
        await settlesWithin(pool.end(), CLOSE_MS);
      });
      return stopping;
    },
    counts: () => countJobs(options.database.db),
    status: () => ({ ...totals, ...supervisor.status() }),
  };
}
