import { mappedOfKind } from '../rows/mapping-store.ts';
import { Batch } from './batch.ts';
import type { Job } from './job.ts';

const AT_ONCE = 50;

/** The people whom earlier runs added only as authors, in pages. */
async function* formerPeople(job: Job): AsyncGenerator<string[], void> {
  let after = '';
  for (;;) {
    const page = await mappedOfKind(job.deps.database.db, job, { kind: 'former', after, limit: AT_ONCE });
    if (page.length > 0) yield page.map(({ became }) => became);
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE) return;
    after = last.key;
  }
}

/** Loads whom earlier runs added only as authors. */
export async function rememberFormer(job: Job): Promise<void> {
  for await (const ids of formerPeople(job)) for (const id of ids) job.former.add(id);
}

/** Removes those who are only authors from the workspace: their messages keep their name. */
export async function leave(job: Job): Promise<void> {
  const { deps, ownerId, workspaceId } = job;
  for await (const ids of formerPeople(job)) {
    await deps.transact({ actorId: ownerId }, async (work) => {
      const batch = new Batch(job, work);
      for (const userId of ids) {
        // People who have already left are not found.
        await batch.attempt('left already', () => batch.as(ownerId, work.now).members.remove({ workspaceId, userId }));
      }
    });
  }
}
