import type { Audience, Renderers } from '../../platform/stream/index.ts';
import { findAccounts, idForAdmins, ownId } from './rows/account-store.ts';
import { ADMIN_STREAM_ID } from './rows/admin-stream.ts';
import { presentMe } from './rows/present.ts';

declare module '../../platform/stream/index.ts' {
  interface RenderedBodies {
    'me:updated': { userId: string };
  }
}

/** Users can read only their own stream. */
export const userAudience = {
  kind: 'user',
  followedBy: ownId,
  readableBy: (_db, userId, ids) => Promise.resolve(ids.filter((id) => id === userId)),
} satisfies Audience;

/** Only administrators of the instance can read the stream of administrators. */
export const adminAudience: Audience = {
  kind: 'admin',
  followedBy: (userId) => idForAdmins(userId, ADMIN_STREAM_ID),
};

export const renderers: Renderers = {
  'me:updated': async (db, events) => {
    const ids = [...new Set(events.map((event) => event.body.userId))];
    const accounts = new Map((await findAccounts(db, ids)).map((row) => [row.id, presentMe(row)]));
    return events.map((event) => accounts.get(event.body.userId) ?? null);
  },
};
