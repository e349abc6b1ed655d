import { z } from 'zod';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import { type SweepDeps, sweep } from './sweep.ts';

/** Removes expired messages every hour. */
export const sweepRetention = defineJob('retention.sweep', z.strictObject({}));

/** Safe to run any number of times: each message is removed once. */
export function sweepAll(deps: SweepDeps & { clock: { now(): Date } }): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    await sweep(deps, deps.clock.now(), signal);
    if (signal.aborted) throw new Error('the server is stopping; the next run continues');
  };
}
