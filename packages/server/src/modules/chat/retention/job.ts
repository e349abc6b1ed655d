import type { JobHandler, Periodic } from '../../../platform/jobs/index.ts';
import { type SweepDeps, sweep } from './sweep.ts';

declare module '../../../platform/jobs/job.ts' {
  interface Jobs {
    'retention.sweep': Record<string, never>;
  }
}

/** What is too old goes within the hour. */
export const retentionPeriod: Periodic = { job: { name: 'retention.sweep', data: {} }, everyMs: 3_600_000 };

/** Removes what is too old; however often it runs, each message goes once. */
export function retentionJob(deps: SweepDeps & { clock: { now(): Date } }): JobHandler<'retention.sweep'> {
  return async (_, { signal }) => {
    await sweep(deps, deps.clock.now(), signal);
    if (signal.aborted) throw new Error('the program stops; the rest goes the next time');
  };
}
