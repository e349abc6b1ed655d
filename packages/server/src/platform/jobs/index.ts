export type { QueueBoard, QueueBoardOptions } from './board.ts';
export type { JobOwner } from './handlers.ts';
export {
  collectJobs,
  defineJob,
  type Enqueue,
  type HandledJob,
  type Job,
  type JobHandler,
  type JobRun,
  PermanentFailure,
  type QueuedJob,
} from './job.ts';
export { createJobs, type JobSystem, type JobsOptions } from './jobs.ts';
export { type Periodic, startPeriodic } from './periodic.ts';
export { type JobCounts, prepareQueue, type Retry } from './queue.ts';
export type { GivenUpJob, JobLock } from './worker.ts';
