import { problem } from '../../../platform/module/index.ts';
import { holdAccount } from '../../identity/index.ts';
import { deleteAttachments } from './attachment-store.ts';
import type { AttachmentParent } from './parents.ts';

/** Files that belong to nothing are there for nobody but whoever uploaded them. */
export const parentless: AttachmentParent = {
  readable: async (_db, userId, rows) => {
    const own = rows.filter((row) => row.uploader_id === userId);
    return new Map(own.map(({ id }) => [id, { can: { delete: true }, parentName: null }]));
  },
  async hold(tx, userId) {
    if ((await holdAccount(tx, userId)) === undefined) throw problem('invalid_token');
  },
  async remove({ tx }, userId, row) {
    if (row.uploader_id !== userId) throw problem('not_found');
    await deleteAttachments(tx, [row.id]);
  },
};
