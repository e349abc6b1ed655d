import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import type { Limiter } from '../../platform/limits/index.ts';
import type { Module, Registry } from '../../platform/module/index.ts';
import { pushSubject } from '../../platform/push/index.ts';
import { mailHandlers } from './delivering/mail.ts';
import { collectDeliveryHandlers, type DeliveryHandlers } from './ledger/handler.ts';
import { deleteOldDeliveries, type SweeperDeps, startSweeper } from './ledger/sweeper.ts';
import { notificationTables } from './lifecycle.ts';
import { notificationListeners } from './listeners.ts';
import { mailOperations } from './mails/operations.ts';
import { preferenceOperations } from './preferences/operations.ts';
import { type PushHandlerDeps, pushHandler } from './push/handler.ts';
import { pushOperations } from './push/operations.ts';
import { notificationRenderers } from './reading/events.ts';
import { readingOperations } from './reading/operations.ts';
import { deleteOldNotifications } from './reading/pruning.ts';
import { shopListeners } from './shop-listeners.ts';
import { notificationsOf } from './snapshot.ts';
import { unsubscribeOperation, unsubscribeRoute } from './unsubscribing/operations.ts';
import { viewingOperation } from './viewing/operations.ts';
import { Viewing, type ViewingConnections } from './viewing/viewing.ts';
import { webhookListeners } from './webhook-listeners.ts';

export { noteMail } from './deciding/note-mail.ts';
export { notify } from './deciding/notify.ts';
export type { DeliveryHandler, DeliveryOutcome } from './ledger/handler.ts';
export { planDeliveries, replanDeliveries, withdrawDeliveries } from './ledger/plan.ts';
export { subjectsWithoutPlan } from './ledger/plan-store.ts';
export type { DeliveryRow } from './ledger/tables.ts';
export { UNSUBSCRIBE_PATH, unsubscribeUrl } from './unsubscribing/links.ts';

/** Push messages work without it; only some services refuse them. */
const SUBJECT_WARNING =
  'Apple devices refuse push messages of this server: set APP_URL to a public https address, or MAIL_FROM to a public address';
const DAY_MS = 86_400_000;
const pruneJob = defineJob('notifications.forget', z.strictObject({}));

/**
 * Notifications, preferences for them, and the ledger of deliveries. It does not start if a kind of delivery has two
 * handlers.
 */
export function notificationsModule(
  deps: Omit<SweeperDeps, 'handlers'> &
    Omit<PushHandlerDeps, 'subject' | 'viewing'> & {
      appUrl: string;
      connections: ViewingConnections;
      limiter: Pick<Limiter, 'enter'>;
      mailAddress: string;
      modules: Pick<Registry, 'all'>;
    },
): Module {
  const { subject, isUsable } = pushSubject(deps.appUrl, deps.mailAddress);
  if (!isUsable) deps.log.warn({ subject }, SUBJECT_WARNING);
  const viewing = new Viewing(deps.connections);
  let collected: DeliveryHandlers | undefined;
  const handlers = () => {
    collected ??= collectDeliveryHandlers(deps.modules.all());
    return collected;
  };
  return {
    name: 'notifications',
    operations: [
      ...readingOperations,
      ...preferenceOperations,
      ...mailOperations,
      ...pushOperations(deps),
      unsubscribeOperation,
      viewingOperation(viewing),
    ],
    routes: [unsubscribeRoute(deps)],
    renderers: notificationRenderers,
    snapshot: { notifications: notificationsOf },
    deliveries: [...mailHandlers({ ...deps, viewing }), pushHandler({ ...deps, subject, viewing })],
    on: { ...notificationListeners, ...shopListeners, ...webhookListeners },
    tables: notificationTables,
    jobs: [pruneJob.handledBy(() => deleteOldDeliveries(deps).then(() => deleteOldNotifications(deps)))],
    periodic: [{ job: pruneJob, everyMs: DAY_MS }],
    start() {
      handlers();
      const stopViewing = viewing.start();
      const stopSweeper = startSweeper({ ...deps, handlers });
      return async () => {
        stopViewing();
        await stopSweeper();
      };
    },
  };
}
