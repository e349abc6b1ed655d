import { fileOfPath } from '@atrium/protocol';
import { type Listeners, problem, type TableLifecycles } from '../../platform/module/index.ts';
import { clearFiles } from './cleanup/clear.ts';
import { deleteAttachmentsOfTasks, deleteOwnOf } from './rows/attachment-store.ts';
import { queueClearing } from './rows/clearing-store.ts';
import { claimAsAvatar, deleteAvatar } from './rows/picture-store.ts';

/** What becomes of the rows when a workspace, a conversation or an account is gone. */
export const fileTables: TableLifecycles = {
  attachment: {
    whenGone: { workspace_id: 'cleared', conversation_id: 'cleared', uploader_id: 'kept' },
    partOfExport: { as: 'conversations' },
    exported: { as: 'attachments' },
  },
  file_usage: { whenGone: { workspace_id: 'cleared' }, partOfExport: { not: 'counted from the files' } },
  file_clearing: {
    whenGone: { place_id: 'cleared' },
    partOfExport: { not: 'work of the server that is left to do' },
  },
};

/** What becomes of files when something else changes or goes. */
export const fileListeners: Listeners = {
  async 'account:avatarChanged'({ tx, enqueue }, { userId, before, after }) {
    if (before !== null && fileOfPath(before) !== undefined) {
      await deleteAvatar(tx, userId);
      enqueue(clearFiles, {});
    }
    const fileId = after === null ? undefined : fileOfPath(after);
    if (fileId === undefined || (await claimAsAvatar(tx, userId, fileId))) return;
    const message = 'is no picture that you uploaded for yourself';
    throw problem('invalid_input', { errors: [{ path: 'avatar', code: 'invalid_file', message }] });
  },
  async 'account:erasing'({ tx, enqueue }, { userId }) {
    await deleteOwnOf(tx, userId);
    enqueue(clearFiles, {});
  },
  async 'workspace:deleting'({ tx, enqueue }, { workspaceId }) {
    await queueClearing(tx, 'workspace', [workspaceId]);
    enqueue(clearFiles, {});
  },
  async 'conversation:deleting'({ tx, enqueue }, { conversationIds }) {
    await queueClearing(tx, 'conversation', conversationIds);
    enqueue(clearFiles, {});
  },
  async 'task:removing'({ tx, enqueue }, { taskIds }) {
    await deleteAttachmentsOfTasks(tx, taskIds);
    enqueue(clearFiles, {});
  },
};
