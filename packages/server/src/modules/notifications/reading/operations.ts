import { notifications } from '@atrium/protocol';
import { validate } from 'uuid';
import { mailsOfDeliveries } from '../../../platform/mail/index.ts';
import {
  command,
  cutPage,
  type Implementation,
  idPage,
  keyset,
  problem,
  read,
} from '../../../platform/module/index.ts';
import { decisionPage } from '../rows/decision-store.ts';
import { type ListPosition, notificationPage, notificationsById, unreadCounts } from '../rows/notification-store.ts';
import { presentDecision, presentNotification } from '../rows/present.ts';
import { readNotifications } from './events.ts';

const positions = keyset(
  ['number', 'string'],
  (ms, id): ListPosition | undefined => {
    const at = new Date(ms);
    return Number.isNaN(at.getTime()) || !validate(id) ? undefined : { at, id };
  },
  ({ at, id }: ListPosition) => [at.getTime(), id],
);

/** Operations to read notifications and their reasons. */
export const readingOperations: readonly Implementation[] = [
  read(notifications.list, async ({ db, actor, input }) => {
    const page = positions.page(input);
    const found = await notificationPage(db, { ...input, userId: actor.userId }, page);
    const { rows, nextCursor } = positions.cut(found, page, ({ updated_at, id }) => ({ at: updated_at, id }));
    return { items: rows.map(presentNotification), nextCursor };
  }),

  read(notifications.unreadCount, async ({ db, actor }) => ({
    unread: (await unreadCounts(db, [actor.userId])).get(actor.userId) ?? 0,
  })),

  command(notifications.read, async (work) => {
    const { actor, input, tx } = work;
    const { userId } = actor;
    const row = (await notificationsById(tx, [input.notificationId])).get(input.notificationId);
    if (row?.account_id !== userId) throw problem('not_found');
    await readNotifications(work, userId, [row.id]);
    return { unread: (await unreadCounts(tx, [userId])).get(userId) ?? 0 };
  }),

  command(notifications.readAll, async (work) => {
    await readNotifications(work, work.actor.userId);
    return { unread: 0 };
  }),

  read(notifications.decisions, async ({ db, actor, input }) => {
    const page = idPage(input);
    const wanted = { userId: actor.userId, notificationId: input.notificationId };
    const { rows, nextCursor } = cutPage(await decisionPage(db, wanted, page), page, ({ id }) => id);
    const byMail = rows.flatMap(({ deliveries }) => deliveries.filter(({ channel }) => channel === 'mail'));
    const mails = await mailsOfDeliveries(
      db,
      byMail.map(({ id }) => id),
    );
    return { items: rows.map((row) => presentDecision(row, mails)), nextCursor };
  }),
];
