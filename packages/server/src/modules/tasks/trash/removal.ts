import type { Work } from '../../../platform/module/index.ts';
import { removeTasks } from '../rows/trash-store.ts';
import { taskStream } from '../view/events.ts';

/** Maximum number of tasks that one statement deletes. */
const AT_ONCE = 1_000;

/** Deletes tasks permanently, with everything that belongs to them, and ends their streams. */
export async function removeForGood(
  { tx, endStreams, tell }: Pick<Work, 'tx' | 'endStreams' | 'tell'>,
  taskIds: readonly string[],
): Promise<void> {
  for (let at = 0; at < taskIds.length; at += AT_ONCE) {
    const some = taskIds.slice(at, at + AT_ONCE);
    await tell('task:removing', { taskIds: some });
    await removeTasks(tx, some);
  }
  endStreams(taskIds.map(taskStream));
}
