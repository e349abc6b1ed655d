import { type OrderCan, type OrderFacts, type OrderStatus, orderCanOf, type WorkspaceRole } from '@atrium/protocol';
import { isStaff } from '../../catalog/index.ts';

/** The facts about an order and a viewer that the rules need; `role` undefined: not in the workspace. */
export interface Standing {
  role: WorkspaceRole | undefined;
  userId: string;
}

/** The relation of a person to an order. */
export function factsOf(buyerId: string, { role, userId }: Standing): OrderFacts {
  return { isStaff: isStaff(role), isBuyer: role !== undefined && buyerId === userId };
}

/** May they see the order? */
export function maySeeOrder({ isStaff, isBuyer }: OrderFacts): boolean {
  return isStaff || isBuyer;
}

/** May someone with this role see the desk of a workspace and handle its orders? */
export function mayHandle(role: WorkspaceRole | undefined): boolean {
  return isStaff(role);
}

const KEYS: Readonly<Record<Exclude<OrderStatus, 'pending'>, keyof OrderCan>> = {
  processing: 'process',
  shipped: 'ship',
  delivered: 'deliver',
  cancelled: 'cancel',
};

/** May they set this status? Whether the order can change to it is checked separately. */
export function mayMove(from: OrderStatus, to: OrderStatus, facts: OrderFacts): boolean {
  return to !== 'pending' && orderCanOf(from, facts)[KEYS[to]];
}
