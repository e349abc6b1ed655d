import type { OrderStatus } from '@atrium/protocol';
import type { Listeners } from '../../platform/module/index.ts';
import { adminIdsOf } from '../workspaces/index.ts';
import { notify, type WantedNotification } from './deciding/notify.ts';
import { nameOf } from './listeners.ts';

const MOVED: Readonly<Record<OrderStatus, string>> = {
  pending: 'is pending',
  processing: 'is being processed',
  shipped: 'was shipped',
  delivered: 'was delivered',
  cancelled: 'was cancelled',
};

interface AboutOrder {
  id: string;
  workspace_id: string;
  number: number;
  title: string;
  line_count: number;
}

const contentOf = ({ title, line_count }: AboutOrder) =>
  line_count === 1 ? title : `${title} and ${line_count - 1} more`;

const aboutOrder = ({ id, workspace_id }: AboutOrder) =>
  ({ type: 'order', cause: 'order', workspaceId: workspace_id, link: `/orders/${id}` }) as const;

/** Notifications of buyers about their orders, and of shop managers about orders and stock. */
export const shopListeners: Listeners = {
  // Until it is read, one notification covers all new orders.
  async 'order:placed'(work, { workspaceId, orders }) {
    const latest = orders.at(-1);
    if (latest === undefined) return;
    const by = await nameOf(work.tx, latest.buyer_id);
    const others = (await adminIdsOf(work.tx, workspaceId)).filter((id) =>
      orders.some((order) => order.buyer_id !== id),
    );
    await notify(
      work,
      others.map((accountId) => ({
        ...aboutOrder(latest),
        accountId,
        title: `New order #${latest.number}`,
        body: `${by} ordered: ${contentOf(latest)}`,
        actorId: latest.buyer_id,
        groupKey: `orders ${workspaceId}`,
      })),
    );
  },

  async 'order:moved'(work, { order, userId, note }) {
    const { assignee_id: assigneeId, buyer_id: buyerId, status, number } = order;
    const handlers = assigneeId === null ? await adminIdsOf(work.tx, order.workspace_id) : [assigneeId];
    const told = userId === buyerId ? handlers.filter((id) => id !== userId) : [buyerId];
    await notify(
      work,
      told.map(
        (accountId): WantedNotification => ({
          ...aboutOrder(order),
          accountId,
          title: `Order #${number} ${MOVED[status]}`,
          body: note === '' ? contentOf(order) : note,
          actorId: userId,
        }),
      ),
    );
  },

  async 'product:low'(work, { workspaceId, productId, name, stock }) {
    const admins = await adminIdsOf(work.tx, workspaceId);
    await notify(
      work,
      admins.map((accountId) => ({
        accountId,
        type: 'product',
        cause: 'product',
        workspaceId,
        title: 'Stock is low',
        body: `${stock} of ${name} are left`,
        link: `/products/${productId}`,
        groupKey: `stock ${productId}`,
      })),
    );
  },
};
