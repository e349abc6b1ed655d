import type { Listeners, Work } from '../../platform/module/index.ts';
import { type TaskChange, tasksById } from '../tasks/index.ts';
import { deleteCounts } from './completions/day-store.ts';
import { recordCompletion, takeBackCompletion } from './completions/record.ts';
import { addToCounts } from './counts/count-store.ts';
import { countDeltas } from './counts/deltas.ts';
import { deleteMessageCounts } from './messages/count-store.ts';

const isDone = (task: TaskChange['before']) => task?.status === 'completed';

async function count(work: Work, changes: readonly TaskChange[]): Promise<void> {
  await addToCounts(work.tx, countDeltas(changes));
  for (const { before, after } of changes) {
    // What goes or comes back with the trash stays as completed as it was.
    if (after === undefined || isDone(before) === isDone(after)) continue;
    if (isDone(after)) await recordCompletion(work, after);
    else await takeBackCompletion(work, after.id);
  }
}

/** What is counted of tasks as they change, and what becomes of it. */
export const analyticsListeners: Listeners = {
  'task:changed': (work, { changes }) => count(work, changes),
  async 'task:removing'(work, { taskIds }) {
    const tasks = await tasksById(work.tx, taskIds);
    await count(
      work,
      [...tasks.values()].map((before) => ({ before, after: undefined })),
    );
  },
  'workspace:deleting': ({ tx }, { workspaceId }) => deleteMessageCounts(tx, workspaceId),
  'account:erasing': ({ tx }, { userId }) => deleteCounts(tx, userId),
};
