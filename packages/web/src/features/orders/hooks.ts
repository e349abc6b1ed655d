import type { Order, OrderStatus, OrderSummary } from '@atrium/protocol';
import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import { useLive } from '../../live/use-live.ts';
import { useOperation, useOperationPages } from '../../live/use-operation.ts';
import { usePresenceOf } from '../presence/index.ts';
import { type Columns, columnsOf, merged, updated } from './model.ts';

/** My orders in all workspaces, those of the live state and older ones page by page. */
export function useMyOrders() {
  const live = useLive(({ myOrders }) => myOrders);
  const pages = useOperationPages('orders.mine', { limit: 50 });
  const orders = useMemo(() => merged(Object.values(live), pages.items ?? []), [live, pages.items]);
  return { ...pages, orders };
}

/** An order as the live state knows it, as mine or at a desk where I work. */
export const useLiveOrder = (orderId: string): OrderSummary | undefined =>
  useLive(
    ({ desks, myOrders }) =>
      myOrders[orderId] ?? Object.values(desks).find(({ orders }) => orderId in orders)?.orders[orderId],
  );

/** Everything about an order. */
export function useOrder(orderId: string): { order: Order | undefined; error: Error | null; retry: () => void } {
  const live = useLiveOrder(orderId);
  const { data, error, refetch } = useOperation('orders.get', { orderId });
  const order = useMemo(() => data && updated(data, live), [data, live]);
  return { order, error, retry: () => void refetch() };
}

/** What each status is called. */
export function useStatusNames(): Readonly<Record<OrderStatus, string>> {
  const { t } = useLingui();
  return {
    pending: t`Pending`,
    processing: t`Processing`,
    shipped: t`Shipped`,
    delivered: t({ message: 'Delivered', context: 'order' }),
    cancelled: t`Cancelled`,
  };
}

/** The name of a workspace that I am in. */
export const useWorkspaceName = (workspaceId: string): string | undefined =>
  useLive(({ workspaces }) => workspaces[workspaceId]?.name);

/** How many customers are watched for whether they are here. */
const WATCHED = 200;

/** The orders of a desk by status; undefined: I do not work there. */
export function useDesk(workspaceId: string) {
  const desk = useLive(({ desks }) => desks[workspaceId]);
  const columns = useMemo<Columns | undefined>(() => desk && columnsOf(Object.values(desk.orders)), [desk]);
  return { counts: desk?.counts, columns };
}

/** The names of the people of a workspace, by id. */
export function usePeople(workspaceId: string): (userId: string) => string | undefined {
  const members = useLive(({ workspaces }) => workspaces[workspaceId]?.members);
  return (userId) => members?.[userId]?.user.name;
}

/** The names of customers who are here now, live; of the first so many where there are very many. */
export function useCustomersHere(workspaceId: string): readonly string[] {
  const members = useLive(({ workspaces }) => workspaces[workspaceId]?.members);
  const customers = useMemo(
    () =>
      Object.values(members ?? {})
        .filter(({ role }) => role === 'customer')
        .slice(0, WATCHED),
    [members],
  );
  usePresenceOf(customers.map(({ user }) => user.id));
  const presence = useLive((state) => state.presence);
  return customers
    .filter(({ user }) => (presence[user.id]?.status ?? 'offline') !== 'offline')
    .map(({ user }) => user.name);
}
