import type { Snapshot } from '@atrium/protocol';
import type { Executor } from '../../platform/database/index.ts';
import { preferencesOf } from './preferences/operations.ts';
import { unreadCounts } from './rows/notification-store.ts';
import { presentLevel } from './rows/present.ts';
import { levelsOf } from './rows/settings-store.ts';

/** The notification state of a client: the number of unread ones, and the preferences. */
export async function notificationsOf(db: Executor, userId: string): Promise<Snapshot['notifications']> {
  return {
    unread: (await unreadCounts(db, [userId])).get(userId) ?? 0,
    preferences: await preferencesOf(db, userId),
    conversations: (await levelsOf(db, userId)).map(presentLevel),
  };
}
