import type { Audience } from '../../platform/stream/index.ts';
import { placesOf } from './visibility-store.ts';

/**
 * The stream of a workspace is for those who work in it: it tells of everyone. Guests and customers see less, and are
 * told on their own streams.
 */
export const workspaceAudience: Audience = {
  kind: 'workspace',
  followedBy: async (db, userId) => (await placesOf(db, userId)).working,
  async readableBy(db, userId, ids) {
    const { working } = await placesOf(db, userId);
    return working.filter((id) => ids.includes(id));
  },
};
