import { tasks } from '@atrium/protocol';
import { command, type Implementation, problem } from '../../../platform/module/index.ts';
import { applyChange } from '../changes/apply-change.ts';
import { lockForChange } from '../changes/lock.ts';
import { addComment } from '../comments/add-comment.ts';
import { mayEdit } from '../rows/policy.ts';
import { presentTask } from '../rows/present.ts';
import { lockRanks } from '../rows/rank-store.ts';
import { answerFor } from '../view/state.ts';

/** Changes tasks. */
export const updateOperation: Implementation = command(tasks.update, async (context) => {
  const { input, actor, subject, tx } = context;
  const { taskId: _, comment, version, ...wanted } = input;
  const { task: found } = subject;
  // Ranks are locked before tasks: completing a recurring task adds the next one to the board.
  const comesBack = found.recurrence_rule !== null || Boolean(wanted.recurrence);
  if (wanted.status === 'completed' && comesBack) await lockRanks(tx, found.workspace_id);
  const others = wanted.parentId ? [wanted.parentId] : [];
  const locked = await lockForChange(tx, { userId: actor.userId, task: found, permits: mayEdit, others });
  if (version !== undefined && version !== locked.task.version) {
    throw problem('version_conflict', { current: presentTask(locked.task) });
  }
  let task = await applyChange(context, locked, wanted);
  if (comment !== undefined) {
    if (!locked.facts.isMember) throw problem('forbidden', 'Only members of the task comment on it.');
    task = (await addComment(context, task, comment)).task;
  }
  return answerFor(tx, actor.userId, { task, workspaceRole: locked.workspaceRole });
});
