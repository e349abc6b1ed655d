import { avatarOfFile } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import type { AttachmentParent } from '../../files/index.ts';
import { administratorIds, changeProfile, lockAccount } from '../../identity/index.ts';
import { holdWorkspaces, workspaceIdsOf } from '../../workspaces/index.ts';
import { isKnownTo } from '../rows/readable.ts';

/** The picture of a person is read by who knows them, and by who runs the server; they alone delete it. */
export const avatars: AttachmentParent = {
  async mayRead(db, userId, { uploader_id }) {
    if (userId === undefined) return false;
    if (userId === uploader_id || (await isKnownTo(db, userId, uploader_id))) return true;
    return (await administratorIds(db)).includes(userId);
  },

  mayDelete: async (_db, userId, row) => userId === row.uploader_id,

  // Whoever sees them is told, by the streams of their workspaces, which are locked first.
  async hold(tx, userId) {
    await holdWorkspaces(tx, await workspaceIdsOf(tx, userId));
  },

  async remove(work, userId, row) {
    const account = await lockAccount(work.tx, userId);
    if (account?.avatar !== avatarOfFile(row.id)) throw problem('not_found');
    await changeProfile(work, userId, { avatar: null });
  },
};
