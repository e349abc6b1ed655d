import { type BulkAction, tasks } from '@atrium/protocol';
import {
  direct,
  type Implementation,
  noCookies,
  type OperationExecutor,
  ProblemError,
} from '../../../platform/module/index.ts';

/** One operation on one task. */
interface Step {
  name: string;
  input: Record<string, unknown>;
}

/**
 * The operation for one of several tasks.
 * @param previous the previous task that succeeded: tasks that are moved together stay together
 */
function stepOf(action: BulkAction, taskId: string, previous: string | undefined): Step {
  switch (action.type) {
    case 'complete':
      return { name: tasks.update.name, input: { taskId, status: 'completed' } };
    case 'move': {
      const { status, afterId } = action;
      const place = previous ?? afterId;
      return { name: tasks.move.name, input: { taskId, status, ...(place === undefined ? {} : { afterId: place }) } };
    }
    case 'assign':
      return { name: tasks.addMember.name, input: { taskId, userId: action.userId } };
    case 'delete':
      return { name: tasks.delete.name, input: { taskId } };
  }
}

/** Changes several tasks in one call, each by its own operation and in its own transaction. */
export function bulkOperation({ execute }: { execute: OperationExecutor['execute'] }): Implementation {
  return direct(tasks.bulk, async ({ input, actor, request }) => {
    const { taskIds, action } = input;
    const items: { taskId: string; ok: boolean; code: string | null; detail: string | null }[] = [];
    let previous: string | undefined;
    for (const taskId of taskIds) {
      try {
        await execute({ ...stepOf(action, taskId, previous), actor, request, cookies: noCookies });
        previous = taskId;
        items.push({ taskId, ok: true, code: null, detail: null });
      } catch (error) {
        // A caller who was signed out in the meantime gets one error, not one per task.
        if (!(error instanceof ProblemError) || error.code === 'invalid_token') throw error;
        const isDone = error.code === 'already_member';
        items.push({ taskId, ok: isDone, code: isDone ? null : error.code, detail: isDone ? null : error.message });
      }
    }
    return { items, nextCursor: null };
  });
}
