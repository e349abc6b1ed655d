import { z } from 'zod';
import { defineJob, type JobHandler } from '../../platform/jobs/index.ts';
import type { Transact } from '../../platform/module/index.ts';
import { deleteDemoPerson } from '../identity/index.ts';

const payload = z.strictObject({ accountIds: z.array(z.uuid()) });

/** Deletes the invented people of a deleted demo workspace. */
export const removeDemoPeople = defineJob('demo.removePeople', payload);

/** One transaction per person: those already deleted are skipped when the job runs again. */
export function removalHandler({ transact }: { transact: Transact }): JobHandler<z.infer<typeof payload>> {
  return async ({ accountIds }, { signal }) => {
    for (const id of accountIds) {
      signal.throwIfAborted();
      await transact({ actorId: null }, (work) => deleteDemoPerson(work, id));
    }
  };
}
