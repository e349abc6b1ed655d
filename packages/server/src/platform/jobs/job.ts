/**
 * Every job by name, with its payload: ids only, never codes, tokens or text.
 * Modules add theirs by declaration merging beside the handler: `'mail.send': { mailId: string }`.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Jobs {}

export type JobName = keyof Jobs & string;

/** One job to do. */
export type Job = { [Name in JobName]: { name: Name; data: Jobs[Name]; delayMs?: number } }[JobName];

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
export type JobHandler<Name extends JobName> = (data: Jobs[Name], run: JobRun) => Promise<void>;

export type JobHandlers = { [Name in JobName]?: JobHandler<Name> };

/** Thrown by a handler when trying again cannot help. The message is logged and stored: no secrets in it. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}
