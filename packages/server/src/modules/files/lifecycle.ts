import type { Listeners, TableLifecycles } from '../../platform/module/index.ts';
import { clearFiles } from './cleanup/clear.ts';
import { deleteAttachmentsOfTasks, deleteUnusedOf } from './rows/attachment-store.ts';
import { queueClearing } from './rows/clearing-store.ts';

/** What becomes of the rows when a workspace, a conversation or an account is gone. */
export const fileTables: TableLifecycles = {
  attachment: {
    whenGone: { workspace_id: 'cleared', conversation_id: 'cleared', uploader_id: 'kept' },
    exported: { as: 'attachments' },
  },
  file_usage: { whenGone: { workspace_id: 'cleared' } },
  file_clearing: { whenGone: { place_id: 'cleared' } },
};

/** What becomes of files when something else goes. */
export const fileListeners: Listeners = {
  async 'account:erasing'({ tx, enqueue }, { userId }) {
    await deleteUnusedOf(tx, userId);
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
