import type { WorkspaceRole } from '@atrium/protocol';
import { type AccessLoaders, problem } from '../../../platform/module/index.ts';
import { membershipOf } from '../../workspaces/index.ts';
import { orderById } from '../rows/order-store.ts';
import { factsOf, mayHandle, maySeeOrder, type Standing } from '../rows/policy.ts';
import type { OrderRow } from '../rows/tables.ts';

/** The subject of the order rule: the order, and the viewer. */
export interface OrderSubject {
  order: OrderRow;
  standing: Standing;
}

declare module '../../../platform/module/index.ts' {
  interface AccessSubjects {
    'order:reader': OrderSubject;
    'desk:staff': { role: WorkspaceRole };
  }
}

/** Loads orders for viewers who may see them, and desks for staff. */
export const orderAccess: AccessLoaders = {
  async 'order:reader'(db, { userId }, input) {
    const order = await orderById(db, String(input.orderId));
    if (order === undefined) throw problem('not_found');
    const standing = { role: (await membershipOf(db, order.workspace_id, userId))?.role, userId };
    if (!maySeeOrder(factsOf(order.buyer_id, standing))) throw problem('not_found');
    return { order, standing };
  },

  async 'desk:staff'(db, { userId }, input) {
    const role = (await membershipOf(db, String(input.workspaceId), userId))?.role;
    if (role === undefined) throw problem('not_found');
    if (!mayHandle(role)) throw problem('forbidden');
    return { role };
  },
};
