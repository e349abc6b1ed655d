import type { z } from 'zod';

/** One attempt to run a job. */
export interface JobRun {
  /** UUID of the job, the same for every attempt. */
  id: string;
  /** 1 for the first attempt. An attempt interrupted by a crash is not counted. */
  attempt: number;
  /** True if a failure of this attempt is final. */
  last: boolean;
  /** Aborted when the server stops and the grace period is over; the job then runs again elsewhere. */
  signal: AbortSignal;
}

/**
 * Runs a job: load by id, skip if it no longer exists, and have the effect once however often it runs. A rejection is
 * retried later, unless it is a PermanentFailure.
 */
export type JobHandler<Data> = (data: Data, run: JobRun) => Promise<void>;

/** A kind of job: its name and the schema of its payload. */
export interface Job<Data = unknown> {
  /** Unique in the server, such as `retention.sweep`. */
  readonly name: string;
  /** Validates the payload. Throws a ZodError. */
  parse(data: unknown): Data;
  /** Adds the handler, for `Module.jobs`. */
  handledBy(handler: JobHandler<Data>): HandledJob;
}

/** A kind of job with its handler. */
export interface HandledJob {
  readonly name: string;
  /** Throws a PermanentFailure for an invalid payload. */
  run(data: unknown, run: JobRun): Promise<void>;
}

/** A job to run. */
export interface QueuedJob {
  job: Pick<Job, 'name'>;
  data: unknown;
  delayMs?: number | undefined;
}

/** Adds a job to the transaction, so that it exists only if that commits. Throws a ZodError for an invalid payload. */
export type Enqueue = <Data>(job: Job<Data>, data: Data, options?: { delayMs?: number }) => void;

/** Thrown by a handler if a retry cannot help. The message is logged and stored: it must contain no secrets. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/**
 * Defines a kind of job.
 * @param schema of the payload: ids only, never codes, tokens or text. Validated when the job is queued and again
 * before it runs, because another version of the server may have queued it.
 */
export function defineJob<Data>(name: string, schema: z.ZodType<Data, Data>): Job<Data> {
  return {
    name,
    parse: (data) => schema.parse(data),
    handledBy: (handler) => ({
      name,
      async run(data, run) {
        const payload = schema.safeParse(data);
        if (!payload.success) throw new PermanentFailure(`invalid payload: ${payload.error.message}`);
        await handler(payload.data, run);
      },
    }),
  };
}

/** Collects the jobs queued by one transaction. */
export function collectJobs(): { enqueue: Enqueue; queued: readonly QueuedJob[] } {
  const queued: QueuedJob[] = [];
  return {
    queued,
    enqueue(job, data, { delayMs } = {}) {
      queued.push({ job, data: job.parse(data), delayMs });
    },
  };
}
