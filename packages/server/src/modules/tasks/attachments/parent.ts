import type { Executor } from '../../../platform/database/index.ts';
import { ProblemError, problem } from '../../../platform/module/index.ts';
import { type AttachmentParent, type AttachmentRow, clearFiles, deleteAttachments } from '../../files/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { lockForChange } from '../changes/lock.ts';
import { manages, type TaskFacts } from '../rows/policy.ts';
import { taskById } from '../rows/task-store.ts';
import { type TaskSubject, taskFor } from '../view/access.ts';
import { taskStream } from '../view/events.ts';

/** The task of a file; undefined if the user does not see it. */
async function subjectOf(db: Executor, userId: string, row: AttachmentRow): Promise<TaskSubject | undefined> {
  try {
    return await taskFor(db, userId, await taskById(db, String(row.task_id)));
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not_found') return undefined;
    throw error;
  }
}

const mayDeleteBy = (userId: string, row: AttachmentRow) => (facts: TaskFacts) =>
  row.uploader_id === userId || manages(facts);

/**
 * Files of a task can be read by everyone who sees it, and deleted by the person who added them and by its managers.
 */
export const taskFiles: AttachmentParent = {
  mayRead: async (db, userId, row) => userId !== undefined && (await subjectOf(db, userId, row)) !== undefined,

  async mayDelete(db, userId, row) {
    const subject = await subjectOf(db, userId, row);
    return subject !== undefined && mayDeleteBy(userId, row)(subject.facts);
  },

  async hold(tx, userId, row) {
    const task = await taskById(tx, String(row.task_id));
    if (task !== undefined) await holdMemberships(tx, task.workspace_id, [userId]);
  },

  async remove({ tx, append, enqueue }, userId, row) {
    const task = await taskById(tx, String(row.task_id));
    if (task === undefined) throw problem('not_found');
    await lockForChange(tx, { userId, task, permits: mayDeleteBy(userId, row) });
    if ((await deleteAttachments(tx, [row.id])) === 0) throw problem('not_found');
    append(taskStream(task.id), 'attachment:deleted', { taskId: task.id, attachmentId: row.id });
    enqueue(clearFiles, {});
  },
};
