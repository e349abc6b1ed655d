import { problem } from '../../../platform/module/index.ts';
import {
  type AttachmentParent,
  type AttachmentRow,
  clearFiles,
  deleteAttachments,
  type ReadableAttachment,
} from '../../files/index.ts';
import { holdMemberships } from '../../workspaces/index.ts';
import { lockForChange } from '../changes/lock.ts';
import { manages, type TaskFacts } from '../rows/policy.ts';
import { taskById } from '../rows/task-store.ts';
import { visibleTasks } from '../view/access.ts';
import { taskStream } from '../view/events.ts';

const mayDeleteBy = (userId: string, row: AttachmentRow) => (facts: TaskFacts) =>
  row.uploader_id === userId || manages(facts);

/**
 * Files of a task can be read by everyone who sees it, and deleted by the person who added them and by its managers.
 */
export const taskFiles: AttachmentParent = {
  async readable(db, userId, rows) {
    const found = new Map<string, ReadableAttachment>();
    if (userId === undefined) return found;
    const tasks = await visibleTasks(
      db,
      userId,
      rows.map((row) => String(row.task_id)),
    );
    for (const row of rows) {
      const task = tasks.get(String(row.task_id));
      if (task === undefined) continue;
      found.set(row.id, { can: { delete: mayDeleteBy(userId, row)(task.facts) }, parentName: task.title });
    }
    return found;
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
