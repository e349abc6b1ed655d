import { z } from 'zod';
import type { Database } from '../../../platform/database/index.ts';
import { defineJob, type JobHandler } from '../../../platform/jobs/index.ts';
import { countSome } from './counting.ts';

/** Counts the messages of the last minute. */
export const countMessages = defineJob('messages.count', z.strictObject({}));

/** However often it runs, each message counts once. */
export function countAll({ database }: { database: Pick<Database, 'transaction'> }): JobHandler<Record<string, never>> {
  return async (_, { signal }) => {
    while (!signal.aborted && (await database.transaction(countSome)));
    if (signal.aborted) throw new Error('the program stops; the rest is counted the next time');
  };
}
