import type { OrderCan, OrderStatus } from './order.ts';

const NEXT: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ['processing', 'cancelled'],
  processing: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};

/** Whether an order can change from one status to another in one step. */
export function mayBecome(from: OrderStatus, to: OrderStatus): boolean {
  return NEXT[from].includes(to);
}

/** What the rules depend on: facts about the person. */
export interface OrderFacts {
  /** Whether they are staff of the workspace. */
  isStaff: boolean;
  isBuyer: boolean;
}

/** What a person may do with an order. Server and clients compute it alike, so it always matches the shown status. */
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
