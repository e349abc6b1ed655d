import type { z } from 'zod';

/** One try at a job. */
export interface JobRun {
  /** UUID of the job, the same for every try. */
  id: string;
  /** 1 for the first try. A try that a crash cut short is not counted. */
  attempt: number;
  /** True when no further try follows a failure of this one. */
  last: boolean;
  /** Aborted when the program stops and cannot wait any longer; the job then runs again elsewhere. */
  signal: AbortSignal;
}

/**
 * Does a job: reload by id, skip if gone, have the effect once however often it runs. A rejection means that it is
 * tried again later, unless it is a PermanentFailure.
 */
export type JobHandler<Data> = (data: Data, run: JobRun) => Promise<void>;

/** A kind of job: its name, and what its payload holds. */
export interface Job<Data = unknown> {
  /** Unique in the program, as in `retention.sweep`. */
  readonly name: string;
  /** Checks the payload. Throws a ZodError for one that does not fit. */
  parse(data: unknown): Data;
  /** The same job with the code that does it, for `Module.jobs`. */
  handledBy(handler: JobHandler<Data>): HandledJob;
}

/** A kind of job with the code that does it. */
export interface HandledJob {
  readonly name: string;
  /** Throws a PermanentFailure for a payload that does not fit. */
  run(data: unknown, run: JobRun): Promise<void>;
}

/** One job to do. */
export interface QueuedJob {
  job: Pick<Job, 'name'>;
  data: unknown;
  delayMs?: number | undefined;
}

/** Adds a job to the transaction; it exists exactly if that commits. Throws a ZodError for a payload that does not fit. */
export type Enqueue = <Data>(job: Job<Data>, data: Data, options?: { delayMs?: number }) => void;

/** Thrown by a handler when trying again cannot help. The message is logged and stored: no secrets in it. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

/**
 * Defines a kind of job beside its handler.
 * @param schema of the payload: ids only, never codes, tokens or text. It is checked when the job is queued, and again
 * before it runs: another version of the program may have queued it.
 */
export function defineJob<Data>(name: string, schema: z.ZodType<Data, Data>): Job<Data> {
  return {
    name,
    parse: (data) => schema.parse(data),
    handledBy: (handler) => ({
      name,
      async run(data, run) {
        const payload = schema.safeParse(data);
        if (!payload.success) throw new PermanentFailure(`the payload does not fit: ${payload.error.message}`);
        await handler(payload.data, run);
      },
    }),
  };
}

/** Collects the jobs that one transaction queues. */
export function collectJobs(): { enqueue: Enqueue; queued: readonly QueuedJob[] } {
  const queued: QueuedJob[] = [];
  return {
    queued,
    enqueue(job, data, { delayMs } = {}) {
      queued.push({ job, data: job.parse(data), delayMs });
    },
  };
}
