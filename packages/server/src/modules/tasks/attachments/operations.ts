import { attachments, sizes } from '@atrium/protocol';
import {
  cutPage,
  type Implementation,
  idPage,
  problem,
  type Registry,
  read,
  uploading,
} from '../../../platform/module/index.ts';
import { attachmentsOfTask, countOfTask, presentAttachment, presentListed, presentUpload } from '../../files/index.ts';
import { lockForChange } from '../changes/lock.ts';
import { manages, mayEdit } from '../rows/policy.ts';
import { taskStream } from '../view/events.ts';

/** Operations on the files of tasks. */
export function attachmentOperations({ modules }: { modules: Pick<Registry, 'service'> }): Implementation[] {
  const files = modules.service('files');
  return [
    uploading(attachments.addToTask, async ({ actor, files: incoming, input, subject }) => {
      const { task } = subject;
      const { userId } = actor;
      const rows = await files().upload({
        actor,
        workspaceId: task.workspace_id,
        taskId: task.id,
        uploadId: input.uploadId,
        files: incoming,
        async publish({ tx, append }, stored) {
          await lockForChange(tx, { userId, task, permits: mayEdit });
          if ((await countOfTask(tx, task.id)) + stored.length > sizes.taskFiles) {
            throw problem('conflict', `A task has at most ${sizes.taskFiles} files.`);
          }
          for (const row of stored) {
            const attachment = presentAttachment(row);
            append(taskStream(task.id), 'attachment:added', { taskId: task.id, attachment });
          }
        },
      });
      return presentUpload(rows);
    }),

    read(attachments.ofTask, async ({ actor, db, input, subject }) => {
      const page = idPage(input);
      const { rows, nextCursor } = cutPage(await attachmentsOfTask(db, input.taskId, page), page, ({ id }) => id);
      const runs = manages(subject.facts);
      const items = rows.map((row) => presentListed(row, { delete: runs || row.uploader_id === actor.userId }));
      return { items, nextCursor };
    }),
  ];
}
