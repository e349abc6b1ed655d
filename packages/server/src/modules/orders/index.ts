import './rows/hooks.ts';
import type { Module, Registry, Transact } from '../../platform/module/index.ts';
import { updateOperation } from './handling/operations.ts';
import { orderTables } from './lifecycle.ts';
import { orderListeners } from './listeners.ts';
import { orderParts } from './personal-data.ts';
import { placeOperation } from './placing/operations.ts';
import { PlacingQueue } from './placing/queue.ts';
import { deskOperation } from './reading/desk-operations.ts';
import { readOperations } from './reading/operations.ts';
import { orderAccess } from './view/access.ts';
import { deskAudience } from './view/audience.ts';
import { orderRenderers } from './view/events.ts';
import { desksOfPerson, ordersOfPerson } from './view/state.ts';

export type { PastOrder } from './past/past-order.ts';
export { ordersOfWorkspace } from './past/read.ts';
export { recordOrder } from './past/record.ts';
export { countOrdersSince } from './rows/count-store.ts';

/** Orders of customers, and the desk that handles them. */
export function ordersModule(deps: { modules: Pick<Registry, 'service'>; transact: Transact }): Module {
  const queue = new PlacingQueue(deps);
  return {
    name: 'orders',
    operations: [
      placeOperation(queue),
      updateOperation,
      ...readOperations,
      deskOperation(deps.modules.service('presence')),
    ],
    access: orderAccess,
    audiences: [deskAudience],
    renderers: orderRenderers,
    snapshot: { desks: desksOfPerson, orders: ordersOfPerson },
    on: orderListeners,
    tables: orderTables,
    personalData: orderParts,
    start: () => () => queue.drain(),
  };
}
