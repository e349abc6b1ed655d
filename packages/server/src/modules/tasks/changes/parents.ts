import { sizes } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import type { FullTask } from '../rows/tables.ts';

/**
 * Decides from locked rows whether a task may become a sub-task.
 * @param child undefined for a new task
 * @throws `invalid_input` for a parent that does not exist there, `conflict` for one that cannot have this sub-task
 */
export function mustFitUnder(
  parent: FullTask | undefined,
  workspaceId: string,
  child?: Pick<FullTask, 'id' | 'subtasks_total'>,
): asserts parent is FullTask {
  if (parent === undefined || parent.workspace_id !== workspaceId || parent.deleted_at !== null) {
    const errors = [{ path: 'parentId', code: 'not_found', message: 'is not a task of this workspace' }];
    throw problem('invalid_input', { errors });
  }
  if (parent.id === child?.id) throw problem('conflict', 'A task cannot be its own sub-task.');
  if (parent.parent_id !== null) throw problem('conflict', 'A sub-task cannot have sub-tasks of its own.');
  if ((child?.subtasks_total ?? 0) > 0) throw problem('conflict', 'A task with sub-tasks cannot become one itself.');
  if (parent.subtasks_total >= sizes.subtasks) {
    throw problem('conflict', `A task has at most ${sizes.subtasks} sub-tasks.`);
  }
}
