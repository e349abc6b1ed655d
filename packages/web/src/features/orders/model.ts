import type { Order, OrderStatus, OrderSummary } from '@atrium/protocol';

/** The way of an order; cancelled stands beside it. */
export const STEPS = ['pending', 'processing', 'shipped', 'delivered'] as const satisfies readonly OrderStatus[];

export const ordersAddress = '/orders';
export const orderAddress = (orderId: string) => `/orders/${orderId}`;

/** Lists of the same orders as one, each as it is at its newest version, the latest first. Pure. */
export function merged(...lists: readonly (readonly OrderSummary[])[]): readonly OrderSummary[] {
  const byId = new Map<string, OrderSummary>();
  for (const order of lists.flat()) {
    const known = byId.get(order.id);
    if (!known || known.version < order.version) byId.set(order.id, order);
  }
  return [...byId.values()].sort((one, other) =>
    one.workspaceId === other.workspaceId ? other.number - one.number : other.createdAt.localeCompare(one.createdAt),
  );
}

/** An order that was asked for, with what the live state already knows better. Pure. */
export function updated(asked: Order, live: OrderSummary | undefined): Order {
  return live && live.version > asked.version ? { ...asked, status: live.status, assigneeId: live.assigneeId } : asked;
}
