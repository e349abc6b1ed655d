import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import type { Module, Registry } from '../../platform/module/index.ts';
import { collectDeliveryHandlers, type DeliveryHandlers } from './ledger/handler.ts';
import { deleteDeliveriesOf } from './ledger/sweep-store.ts';
import { forgetDeliveries, type SweeperDeps, startSweeper } from './ledger/sweeper.ts';
import { notificationTables } from './lifecycle.ts';

export type { DeliveryHandler, DeliveryOutcome } from './ledger/handler.ts';
export { planDeliveries, replanDeliveries, withdrawDeliveries } from './ledger/plan.ts';
export type { DeliveryFilter, PlannedDelivery } from './ledger/plan-store.ts';
export type { DeliveryChannel, DeliveryRow, DeliveryState } from './ledger/tables.ts';

const DAY_MS = 86_400_000;
const forgetJob = defineJob('notifications.forgetDeliveries', z.strictObject({}));

/** What reaches people: the ledger of deliveries. It does not start when a kind of delivery has two handlers. */
export function notificationsModule(deps: Omit<SweeperDeps, 'handlers'> & { modules: Pick<Registry, 'all'> }): Module {
  let collected: DeliveryHandlers | undefined;
  const handlers = () => {
    collected ??= collectDeliveryHandlers(deps.modules.all());
    return collected;
  };
  return {
    name: 'notifications',
    operations: [],
    on: { 'account:erasing': ({ tx }, { userId }) => deleteDeliveriesOf(tx, userId) },
    tables: notificationTables,
    jobs: [forgetJob.handledBy(() => forgetDeliveries(deps))],
    periodic: [{ job: forgetJob, everyMs: DAY_MS }],
    start() {
      handlers();
      return startSweeper({ ...deps, handlers });
    },
  };
}
