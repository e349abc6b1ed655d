import type { OrderCan, OrderStatus } from './order.ts';

const NEXT: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['processing', 'cancelled'],
  processing: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

/** Whether an order can go from one status to another in one step. */
export function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
  return NEXT[from].includes(to);
}

/** What the rules need to know of the person who asks. */
export interface OrderFacts {
  /** Whether they work in the workspace. */
  isStaff: boolean;
  isBuyer: boolean;
}

/** What someone may do with an order. Server and clients compute it alike, so it always fits the status shown. */
export function orderCanOf(status: OrderStatus, { isStaff, isBuyer }: OrderFacts): OrderCan {
  const moves = (to: OrderStatus) => isStaff && mayBecome(status, to);
  return {
    process: moves('processing'),
    ship: moves('shipped'),
    deliver: moves('delivered'),
    cancel: moves('cancelled') || (isBuyer && status === 'pending'),
    assign: isStaff && NEXT[status].length > 0,
  };
}
