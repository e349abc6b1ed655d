import type { Logger } from 'pino';
import type { Clock } from '../clock/index.ts';
import type { Database, Transaction } from '../database/index.ts';
import { createQueueBoard, type QueueBoard, type QueueBoardOptions } from './board.ts';
import { collectHandlers, type JobOwner } from './handlers.ts';
import type { QueuedJob } from './job.ts';
import { openJobsPool } from './pool.ts';
import { addJobs, countJobs, type JobCounts, prepareQueue, type Retry } from './queue.ts';
import { settlesWithin } from './settles-within.ts';
import { createSupervisor } from './supervisor.ts';
import { type GivenUpJob, type JobLock, type JobTotals, startWorker } from './worker.ts';

export interface JobsOptions {
  database: Pick<Database, 'url' | 'pool' | 'db'>;
  log: Logger;
  /** All owners of job handlers: the modules, and parts of the platform. */
  owners: readonly JobOwner[];
  /** Default: 5 attempts, the first retry after 2 s. */
  retry?: Retry;
  clock: Pick<Clock, 'offsetMs'>;
  /** Called for each job that failed permanently, on the node that detected it. */
  givenUp?: (job: GivenUpJob) => Promise<void>;
  /** Default: locks of 15 s, checked every 5 s, and 5 crashes. */
  lock?: JobLock;
  /** How often to check whether this node may work; default 5 s. */
  recheckMs?: number;
  /** Grace period for running jobs on shutdown; default 7 s. */
  graceMs?: number;
}

/** Background jobs, each run once by any free node. */
export interface JobSystem {
  /**
   * Adds jobs inside the caller's transaction, in one round trip; they exist only if it commits, and run afterwards.
   * Throws an Error for a job without a handler, a RangeError for a payload that is too large for ids.
   */
  addJobs(tx: Transaction, jobs: readonly QueuedJob[]): Promise<void>;
  /** Starts to run jobs, once the database answers and the clocks agree. Never rejects. */
  start(): Promise<void>;
  /**
   * Stops within `graceMs` plus 3 s: running jobs finish or return to the queue. Always resolves; may be called twice.
   */
  stop(): Promise<void>;
  /** The board of the queue, as a plugin of the HTTP server; see `createQueueBoard`. Closed with the rest. */
  board(options: QueueBoardOptions): QueueBoard;
  /** For metrics, over all nodes. */
  counts(): Promise<JobCounts>;
  /** For metrics of this process: whether it runs jobs, the clock difference in ms, and its totals. */
  status(): JobTotals & { working: boolean; clockOffsetMs: number };
}

const DEFAULT_RETRY: Retry = { attempts: 5, delayMs: 2_000 };
/** Measured: a job of a killed worker runs again after at most the lock time plus one check. */
const DEFAULT_LOCK: JobLock = { durationMs: 15_000, checkedEveryMs: 5_000, crashes: 5 };
const RECHECK_MS = 5_000;
const GRACE_MS = 7_000;
const CLOSE_MS = 1_000;

/** Prepares the queue. Throws an Error if a job has several handlers, or if the queue's tables cannot be created. */
export async function createJobs(options: JobsOptions): Promise<JobSystem> {
  const handlers = collectHandlers(options.owners);
  await prepareQueue(options.database.pool);
  const { givenUp = async () => undefined, lock = DEFAULT_LOCK, log } = options;
  const pool = openJobsPool(options.database.url, log);
  const totals: JobTotals = { completed: 0, retried: 0, failed: 0, stalled: 0 };
  const supervisor = createSupervisor({
    log,
    clock: options.clock,
    recheckMs: options.recheckMs ?? RECHECK_MS,
    graceMs: options.graceMs ?? GRACE_MS,
    start: () => startWorker({ pool, handlers, log, totals, lock, givenUp }),
  });
  let stopping: Promise<void> | undefined;
  return {
    async addJobs(tx, jobs) {
      const lost = jobs.find(({ job }) => !handlers.has(job.name));
      if (lost !== undefined) throw new Error(`${lost.job.name} has no handler: add it to \`jobs\` of its module.`);
      await addJobs(tx, jobs, options.retry ?? DEFAULT_RETRY);
    },
    board: (options) => createQueueBoard(pool, options),
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
