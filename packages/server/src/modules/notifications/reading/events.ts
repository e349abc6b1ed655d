import type { EventData } from '@atrium/protocol';
import type { Executor } from '../../../platform/database/index.ts';
import type { Work } from '../../../platform/module/index.ts';
import type { Renderers } from '../../../platform/stream/index.ts';
import { withdrawDeliveries } from '../ledger/plan.ts';
import { NOTIFICATION } from '../rows/kinds.ts';
import {
  type About,
  deleteNotifications,
  markRead,
  notificationsById,
  unreadCounts,
} from '../rows/notification-store.ts';
import { presentNotification } from '../rows/present.ts';
import type { NotificationRow } from '../rows/tables.ts';

declare module '../../../platform/stream/index.ts' {
  interface RenderedBodies {
    notification: { notificationId: string; userId: string };
    'notification:read': { userId: string; ids: string[] | null };
    'notification:removed': { userId: string; ids: string[] };
  }
}

/** Adds the current number of unread notifications, so that the last event always has the right one. */
function withUnread<Type extends 'notification:read' | 'notification:removed'>() {
  return async (
    db: Executor,
    events: readonly { body: { userId: string; ids: EventData[Type]['ids'] } }[],
  ): Promise<EventData[Type][]> => {
    const unread = await unreadCounts(
      db,
      events.map(({ body }) => body.userId),
    );
    return events.map(({ body: { ids, userId } }) => ({ ids, unread: unread.get(userId) ?? 0 }) as EventData[Type]);
  };
}

export const notificationRenderers: Renderers = {
  async notification(db, events) {
    const rows = await notificationsById(
      db,
      events.map(({ body }) => body.notificationId),
    );
    const unread = await unreadCounts(
      db,
      events.map(({ body }) => body.userId),
    );
    return events.map(({ body: { notificationId, userId } }) => {
      const row = rows.get(notificationId);
      return row ? { notification: presentNotification(row), unread: unread.get(userId) ?? 0 } : null;
    });
  },
  'notification:read': withUnread<'notification:read'>(),
  'notification:removed': withUnread<'notification:removed'>(),
};

type Reading = Pick<Work, 'tx' | 'append' | 'now'>;
/** A notification and its recipient. */
type Owned = Pick<NotificationRow, 'id' | 'account_id'>;

/** Marks notifications as read, withdraws their deliveries, and tells the person's devices. */
export async function readNotifications(work: Reading, userId: string, ids?: readonly string[]): Promise<void> {
  const read = await markRead(work.tx, { userId, now: work.now, ...(ids && { ids }) });
  if (read.length === 0) return;
  await withdrawDeliveries(work, { subjects: read, kinds: [NOTIFICATION] }, 'read');
  work.append(`user:${userId}`, 'notification:read', { userId, ids: ids === undefined ? null : read });
}

/** Withdraws the deliveries of notifications that were read or deleted, and tells the devices of their recipients. */
async function announce(
  work: Reading,
  type: 'notification:read' | 'notification:removed',
  rows: readonly Owned[],
): Promise<void> {
  if (rows.length === 0) return;
  const reason = type === 'notification:read' ? 'read' : 'removed';
  await withdrawDeliveries(work, { subjects: rows.map(({ id }) => id), kinds: [NOTIFICATION] }, reason);
  for (const [userId, own] of Map.groupBy(rows, ({ account_id }) => account_id)) {
    work.append(`user:${userId}`, type, { userId, ids: own.map(({ id }) => id) });
  }
}

/** Announces notifications that were marked as read. */
export const announceRead = (work: Reading, rows: readonly Owned[]) => announce(work, 'notification:read', rows);

/** Announces notifications that were deleted. */
export const announceRemoved = (work: Reading, rows: readonly Owned[]) => announce(work, 'notification:removed', rows);

/**
 * Deletes notifications about a deleted subject, or one that the person may no longer see, and tells the recipients.
 */
export async function removeNotifications(work: Reading, about: About): Promise<void> {
  await announceRemoved(work, await deleteNotifications(work.tx, about));
}
