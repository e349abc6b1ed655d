import type { GivenUpJob } from '../../platform/jobs/index.ts';
import type { Transact } from '../../platform/module/index.ts';
import { administratorIds } from '../identity/index.ts';
import { notify } from '../notifications/index.ts';

/** Notifies administrators of a job that failed permanently. Until it is read, one notification covers all of them. */
export async function notifyOfGivenUpJob(transact: Transact, { name, reason }: GivenUpJob): Promise<void> {
  await transact({ actorId: null }, async (work) => {
    const administrators = await administratorIds(work.tx);
    await notify(
      work,
      administrators.map((accountId) => ({
        accountId,
        type: 'general',
        cause: 'general',
        title: 'A background job was given up',
        body: `${name}: ${reason}. It is kept in the job queue, where you can run it again.`,
        groupKey: 'jobs given up',
      })),
    );
  });
}
