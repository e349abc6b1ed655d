import type { Order, OrderStatus, OrderSummary } from '@atrium/protocol';
import { orderCanOf } from '@atrium/protocol/rules';

/** The way of an order; cancelled stands beside it. */
export const STEPS = ['pending', 'processing', 'shipped', 'delivered'] as const satisfies readonly OrderStatus[];

export const ordersAddress = '/orders';
export const deskAddress = (workspaceId: string) => `/w/${workspaceId}/desk`;
export const deskOrderAddress = (workspaceId: string, orderId: string) => `/w/${workspaceId}/desk/${orderId}`;
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

/** The columns of a desk, in their order. */
export const COLUMNS = [...STEPS, 'cancelled'] as const satisfies readonly OrderStatus[];
export type Columns = Readonly<Record<OrderStatus, readonly OrderSummary[]>>;

/** Orders by their status, the latest first. Pure. */
export function columnsOf(orders: readonly OrderSummary[]): Columns {
  const all = merged(orders);
  const of = (status: OrderStatus) => all.filter((order) => order.status === status);
  return {
    pending: of('pending'),
    processing: of('processing'),
    shipped: of('shipped'),
    delivered: of('delivered'),
    cancelled: of('cancelled'),
  };
}

/** Where an order can go from a status in one step, as a desk offers it. Pure. */
export function nextOf(status: OrderStatus): readonly OrderStatus[] {
  const can = orderCanOf(status, { isStaff: true, isBuyer: false });
  const ways: [OrderStatus, boolean][] = [
    ['processing', can.process],
    ['shipped', can.ship],
    ['delivered', can.deliver],
    ['cancelled', can.cancel],
  ];
  return ways.flatMap(([to, may]) => (may ? [to] : []));
}

/** The card that a key leads to: within a column, or to the next one that is not empty. Pure. */
export function cardBeside(columns: Columns, orderId: string, key: string): string | undefined {
  const at = COLUMNS.findIndex((status) => columns[status].some(({ id }) => id === orderId));
  const column = COLUMNS[at];
  if (column === undefined) return undefined;
  const index = columns[column].findIndex(({ id }) => id === orderId);
  if (key === 'ArrowUp' || key === 'k') return columns[column][index - 1]?.id;
  if (key === 'ArrowDown' || key === 'j') return columns[column][index + 1]?.id;
  const way = key === 'ArrowLeft' ? COLUMNS.slice(0, at).reverse() : key === 'ArrowRight' ? COLUMNS.slice(at + 1) : [];
  const next = way.find((status) => columns[status].length > 0);
  return next && columns[next][Math.min(index, columns[next].length - 1)]?.id;
}
