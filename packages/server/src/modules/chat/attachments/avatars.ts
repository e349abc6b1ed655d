import { avatarOfFile } from '@atrium/protocol';
import { problem } from '../../../platform/module/index.ts';
import type { AttachmentParent } from '../../files/index.ts';
import { administratorIds, changeProfile, lockAccount } from '../../identity/index.ts';
import { holdWorkspaces, workspaceIdsOf } from '../../workspaces/index.ts';
import { knownAmong } from '../rows/readable.ts';

/** The picture of a person is read by who knows them, and by who runs the server; they alone delete it. */
export const avatars: AttachmentParent = {
  async readable(db, userId, rows) {
    if (userId === undefined) return new Map();
    const others = rows.map((row) => row.uploader_id).filter((id) => id !== userId);
    const known = new Set(await knownAmong(db, userId, others));
    const isAdministrator = known.size < others.length && (await administratorIds(db)).includes(userId);
    const seen = rows.filter((row) => row.uploader_id === userId || known.has(row.uploader_id) || isAdministrator);
    return new Map(seen.map((row) => [row.id, { can: { delete: row.uploader_id === userId }, parentName: null }]));
  },

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
