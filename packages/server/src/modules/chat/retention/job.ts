import { z } from 'zod';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import { type SweepDeps, sweep } from './sweep.ts';

/** Removes what is too old; every hour. */
export const sweepRetention = defineJob('retention.sweep', z.strictObject({}));

/** However often it runs, each message goes once. */
export function sweepAll(deps: SweepDeps & { clock: { now(): Date } }): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    await sweep(deps, deps.clock.now(), signal);
    if (signal.aborted) throw new Error('the program stops; the rest goes the next time');
  };
}
