export type { JobOwner } from './handlers.ts';
export {
  type Job,
  type JobHandler,
  type JobHandlers,
  type JobName,
  type JobRun,
  type Jobs,
  PermanentFailure,
} from './job.ts';
export { createJobs, type JobSystem, type JobsOptions } from './jobs.ts';
export { type Periodic, startPeriodic } from './periodic.ts';
export type { JobCounts, Retry } from './queue.ts';
