import './hooks.ts';
import { z } from 'zod';
import { defineJob } from '../../platform/jobs/index.ts';
import { counter } from '../../platform/metrics/index.ts';
import type { Module } from '../../platform/module/index.ts';
import type { Keyring } from '../identity/index.ts';
import { deliveryOperations } from './delivery-operations.ts';
import { pruneMany, pruneOld } from './delivery-store.ts';
import { lagMetrics } from './lag-metrics.ts';
import { endpointListeners, endpointTables } from './lifecycle.ts';
import { endpointOperations, type OperationDeps } from './operations.ts';
import { resealEndpoints } from './reseal.ts';
import { type SenderDeps, startSender } from './sender.ts';

export { endpointsOf, namedConversations } from './endpoint-store.ts';

const HOUR_MS = 3_600_000;
const KEPT_DAYS = 30;
const KEPT = 1_000;
const PRUNED_AT_ONCE = 5_000;
const pruneJob = defineJob('webhook-endpoints.prune', z.strictObject({}));

/** Outgoing webhooks: servers that receive the events of a workspace. */
export function webhookEndpointsModule(
  deps: Omit<SenderDeps, 'attempted'> & OperationDeps & { keyring: Pick<Keyring, 'seal' | 'unseal'> },
): Module {
  const attempts = { delivered: 0, failed: 0 };
  const { db } = deps.database;
  return {
    name: 'webhook-endpoints',
    operations: [...endpointOperations(deps), ...deliveryOperations(deps)],
    on: endpointListeners,
    tables: endpointTables,
    resealSecrets: resealEndpoints,
    jobs: [
      pruneJob.handledBy(async () => {
        while ((await pruneOld(db, KEPT_DAYS, PRUNED_AT_ONCE)) === PRUNED_AT_ONCE);
        await pruneMany(db, KEPT);
      }),
    ],
    periodic: [{ job: pruneJob, everyMs: HOUR_MS }],
    metrics: [
      ...lagMetrics(deps),
      counter('atrium_webhooks_delivered_total', 'Webhooks that endpoints took', () => attempts.delivered),
      counter('atrium_webhooks_failed_total', 'Attempts to send a webhook that failed', () => attempts.failed),
    ],
    start: () =>
      startSender({
        ...deps,
        attempted: (isDelivered) => {
          attempts[isDelivered ? 'delivered' : 'failed'] += 1;
        },
      }),
  };
}
