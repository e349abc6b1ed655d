import {
  createPostgresBackend,
  type JobProgress,
  type PgPool,
  type PostgresConnectionOptions,
  type PostgresQueueBackend,
  type Job as QueuedJob,
  UnrecoverableError,
  WaitingError,
  Worker,
} from 'bullmq';
import type pg from 'pg';
import type { Logger } from 'pino';
import { type HandledJob, PermanentFailure } from './job.ts';
import { QUEUE } from './queue.ts';
import { settlesWithin } from './settles-within.ts';

/** Totals of this process since it started. */
export interface JobTotals {
  completed: number;
  retried: number;
  failed: number;
  /** Jobs taken over because their worker died or was blocked. */
  stalled: number;
}

/** A job that failed permanently: it stays in the list of failed jobs, from where it can be retried manually. */
export interface GivenUpJob {
  id: string;
  name: string;
  reason: string;
}

/**
 * How soon a job of a worker that died or is blocked runs again: after the lock time, and one or two checks for such
 * jobs.
 */
export interface JobLock {
  durationMs: number;
  checkedEveryMs: number;
  /** A job whose worker died more often than this fails permanently. */
  crashes: number;
}

export interface WorkerParts {
  pool: pg.Pool;
  handlers: ReadonlyMap<string, HandledJob>;
  log: Logger;
  totals: JobTotals;
  lock: JobLock;
  givenUp(job: GivenUpJob): Promise<void>;
}

/** A worker that runs jobs. */
export interface RunningWorker {
  /** False once it has given up, after which it must be replaced. */
  alive(): boolean;
  /** Stops taking jobs, gives running ones `graceMs` to finish, then returns them to the queue. Always resolves. */
  close(graceMs: number): Promise<void>;
}

const DAY_SECONDS = 86_400;
const SETTINGS = {
  concurrency: 5,
  runRetryDelay: 1_000,
  removeOnComplete: { age: 7 * DAY_SECONDS, count: 5_000 },
  removeOnFail: { age: 30 * DAY_SECONDS },
};
const HAND_BACK_MS = 1_500;
const SAME_ERROR_MS = 10_000;
const MAX_REASON_LENGTH = 500;

/**
 * The queue stores the reason as JSON; text that PostgreSQL cannot store would prevent the job from being marked as
 * failed.
 */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(0, MAX_REASON_LENGTH).toWellFormed().replaceAll('\0', '');
}

function storableError(error: unknown): Error {
  const reason = reasonOf(error);
  const storable = error instanceof PermanentFailure ? new UnrecoverableError(reason) : new Error(reason);
  storable.stack = reason;
  return storable;
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}

/** Runs one attempt of one job. */
async function attempt(parts: WorkerParts, job: QueuedJob, token: string, signal: AbortSignal): Promise<void> {
  const { id = '', name } = job;
  const about = { job: id, name, attempt: job.attemptsMade + 1 };
  const handler = parts.handlers.get(name);
  // A newer node may have queued it: a retry may reach that node.
  if (handler === undefined) throw new Error(`this node has no handler for job ${name}`);
  const last = job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
  const work = (async () => handler.run(job.data, { id, attempt: about.attempt, last, signal }))();
  const outcome = await Promise.race([work.catch((error: unknown) => ({ error })), aborted(signal)]);
  if (signal.aborted) {
    parts.log.warn(about, 'job returned to the queue: it did not finish before shutdown');
    await job.moveToWait(token);
    throw new WaitingError();
  }
  if (typeof outcome === 'object') {
    parts.log.warn({ ...about, err: outcome.error }, 'job attempt failed');
    throw storableError(outcome.error);
  }
}

type QueueWorker = Worker<unknown, void, string, PostgresQueueBackend, JobProgress, PostgresConnectionOptions>;

function listen(worker: QueueWorker, { givenUp, log, totals }: WorkerParts): void {
  let lastError = { message: '', at: -SAME_ERROR_MS };
  worker.on('completed', () => {
    totals.completed += 1;
  });
  worker.on('failed', (job, error) => {
    if (job !== undefined && job.finishedOn === undefined) {
      totals.retried += 1;
      return;
    }
    totals.failed += 1;
    log.error({ job: job?.id, name: job?.name, attempts: job?.attemptsMade, reason: error.message }, 'job given up');
    givenUp({ id: job?.id ?? '', name: job?.name ?? '', reason: reasonOf(error) }).catch((cause: unknown) =>
      log.warn({ err: cause, job: job?.id }, 'could not tell that a job was given up'),
    );
  });
  worker.on('stalled', (id) => {
    totals.stalled += 1;
    log.warn({ job: id }, 'job stalled: its worker died or was blocked; it will run again');
  });
  worker.on('error', (error) => {
    // While the database is down the same error occurs at least once a second.
    if (error.message === lastError.message && performance.now() - lastError.at < SAME_ERROR_MS) return;
    lastError = { message: error.message, at: performance.now() };
    log.warn({ reason: reasonOf(error) }, 'job worker error');
  });
}

/** Starts a worker. Rejects if the database does not answer; then nothing is left running. */
export async function startWorker(parts: WorkerParts): Promise<RunningWorker> {
  const worker: QueueWorker = new Worker(
    QUEUE,
    // Three parameters without defaults: BullMQ counts them to detect whether the handler accepts a signal.
    (job, token, signal) => attempt(parts, job, token ?? '', signal ?? new AbortController().signal),
    // The driver types its events more loosely than BullMQ, which needs a pool of the driver.
    {
      ...SETTINGS,
      lockDuration: parts.lock.durationMs,
      stalledInterval: parts.lock.checkedEveryMs,
      maxStalledCount: parts.lock.crashes,
      connection: parts.pool as unknown as PgPool,
      autorun: false,
    },
    createPostgresBackend,
  );
  listen(worker, parts);
  try {
    await worker.waitUntilReady();
  } catch (error) {
    await settlesWithin(worker.close(true), HAND_BACK_MS);
    throw error;
  }
  let alive = true;
  worker
    .run()
    .catch((error: unknown) => parts.log.error({ err: error }, 'job worker ended'))
    .finally(() => {
      alive = false;
    });
  return {
    alive: () => alive,
    async close(graceMs) {
      const closed = worker.close();
      if (await settlesWithin(closed, graceMs)) return;
      worker.cancelAllJobs('the program stops');
      if (await settlesWithin(closed, HAND_BACK_MS)) return;
      parts.log.warn('jobs could not be returned to the queue; they run again when their locks expire');
    },
  };
}
