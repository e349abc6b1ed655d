import { problem } from '../../../platform/module/index.ts';
import { deleteAttachments } from './attachment-store.ts';
import type { AttachmentPlace } from './places.ts';

/** Files that belong to nothing are there for nobody but whoever uploaded them. */
export const unplaced: AttachmentPlace = {
  mayRead: async (_db, userId, row) => row.uploader_id === userId,
  mayDelete: async (_db, userId, row) => row.uploader_id === userId,
  // The file is its uploader's, whatever becomes of everything else.
  hold: async () => undefined,
  async remove({ tx }, userId, row) {
    if (row.uploader_id !== userId) throw problem('not_found');
    await deleteAttachments(tx, [row.id]);
  },
};
