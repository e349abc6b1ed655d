import type { DeskState, EventMeta, OrderSummary, Snapshot } from '@atrium/protocol';
import { orderSizes } from '@atrium/protocol/rules';
import { type ById, byId, filterById, patchById, without } from './by-id.ts';
import { type Slice, unchanged } from './slice.ts';

/** A desk with its latest orders by id. */
export interface LiveDesk extends Readonly<Omit<DeskState, 'orders'>> {
  readonly orders: ById<OrderSummary>;
}

export interface OrdersState {
  /** The desks of the workspaces in which I work, by workspace. */
  readonly desks: ById<LiveDesk>;
  /** My latest orders, at most 20 per workspace. */
  readonly myOrders: ById<OrderSummary>;
}

/** Whether an event is on the stream of a desk; otherwise it is about an order of mine. */
const isOfDesk = ({ stream }: EventMeta): boolean => stream.startsWith('desk:');

const toLiveDesk = ({ orders, ...desk }: DeskState): LiveDesk => ({ ...desk, orders: byId(orders, ({ id }) => id) });

/** Adds an order to the latest of mine in its workspace. */
function withMine(known: ById<OrderSummary>, order: OrderSummary): ById<OrderSummary> {
  const all = { ...known, [order.id]: order };
  const there = Object.values(all).filter(({ workspaceId }) => workspaceId === order.workspaceId);
  const [oldest] = there.sort((one, other) => one.number - other.number);
  return oldest !== undefined && there.length > orderSizes.myOrders ? without(all, oldest.id) : all;
}

/** Adds an order to a desk, which shows a limited number of the latest. */
const withNew = (desk: LiveDesk, order: OrderSummary): Partial<LiveDesk> => ({
  lastNumber: order.number,
  counts: { ...desk.counts, pending: desk.counts.pending + 1 },
  orders: filterById(
    { ...desk.orders, [order.id]: order },
    ({ number }) => number > order.number - orderSizes.deskOrders,
  ),
});

/** The fields of an event about the handling of an order. */
const handled = ({ assigneeId, version, at }: Pick<OrderSummary, 'assigneeId' | 'version'> & { at: string }) => ({
  assigneeId,
  version,
  updatedAt: at,
});

export const orders = {
  empty: { desks: {}, myOrders: {} },
  fromSnapshot: (snapshot: Snapshot): OrdersState => ({
    desks: byId(snapshot.desks.map(toLiveDesk), ({ workspaceId }) => workspaceId),
    myOrders: byId(snapshot.orders, ({ id }) => id),
  }),
  reducers: {
    'order:created': ({ desks, myOrders }, order, meta) =>
      isOfDesk(meta)
        ? { desks: patchById(desks, order.workspaceId, (desk) => withNew(desk, order)) }
        : { myOrders: withMine(myOrders, order) },
    'order:statusChanged': ({ desks, myOrders }, { orderId, workspaceId, status, previous, ...rest }, meta) => {
      const change = { ...handled(rest), status };
      if (!isOfDesk(meta)) return { myOrders: patchById(myOrders, orderId, () => change) };
      return {
        desks: patchById(desks, workspaceId, ({ counts, orders: known }) => ({
          counts: { ...counts, [previous]: counts[previous] - 1, [status]: counts[status] + 1 },
          orders: patchById(known, orderId, () => change),
        })),
      };
    },
    'order:assigned': ({ desks, myOrders }, { orderId, workspaceId, ...rest }, meta) => {
      const change = handled(rest);
      if (!isOfDesk(meta)) return { myOrders: patchById(myOrders, orderId, () => change) };
      return {
        desks: patchById(desks, workspaceId, ({ orders: known }) => ({
          orders: patchById(known, orderId, () => change),
        })),
      };
    },
    'order:all': ({ myOrders }, { workspaceId, orders: all }) => ({
      myOrders: {
        ...filterById(myOrders, (order) => order.workspaceId !== workspaceId),
        ...byId(all, ({ id }) => id),
      },
    }),
    'desk:joined': ({ desks }, { desk }) => ({ desks: { ...desks, [desk.workspaceId]: toLiveDesk(desk) } }),
    'desk:left': ({ desks }, { workspaceId }) => ({ desks: without(desks, workspaceId) }),
    'desk:memberLeft': unchanged,
    'workspace:left': ({ desks, myOrders }, { workspaceId }) => ({
      desks: without(desks, workspaceId),
      myOrders: filterById(myOrders, (order) => order.workspaceId !== workspaceId),
    }),
  },
  opens: {
    'desk:joined': ({ asOf, desk }) => ({ stream: `desk:${desk.workspaceId}`, asOf }),
  },
  closes: {
    'desk:left': ({ workspaceId }) => [`desk:${workspaceId}`],
    'workspace:left': ({ workspaceId }, { desks }) => (workspaceId in desks ? [`desk:${workspaceId}` as const] : []),
  },
  forget: ({ desks }, stream) =>
    stream.startsWith('desk:') ? { desks: without(desks, stream.slice('desk:'.length)) } : {},
} satisfies Slice<OrdersState>;
