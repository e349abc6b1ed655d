import type { Audience } from '../../platform/stream/index.ts';
import { placesOf } from './visibility-store.ts';

/**
 * The stream of a workspace names everyone, so only those who work there follow it. Guests and customers see less, and
 * get events on their own streams.
 */
export const workspaceAudience: Audience = {
  kind: 'workspace',
  followedBy: async (db, userId) => (await placesOf(db, userId)).working,
  async readableBy(db, userId, ids) {
    const { working } = await placesOf(db, userId);
    return working.filter((id) => ids.includes(id));
  },
};
