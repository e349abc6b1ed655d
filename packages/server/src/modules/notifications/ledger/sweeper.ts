import { newId } from '../../../platform/new-id.ts';
import { type DeliverDeps, deliver } from './deliver.ts';
import { handlerKey } from './handler.ts';
import { claimDue, pruneDeliveries, releaseClaims } from './sweep-store.ts';
import type { DeliveryRow } from './tables.ts';

/** How soon a node checks again if nothing was due. */
const EVERY_MS = 2_000;
/** How long a claim lasts before sending begins: the time by which a crashed node can delay its deliveries. */
const LEASE_MS = 10_000;
const AT_ONCE = 50;
const PARALLEL = 4;
const TAKEN_BACK_AT_ONCE = 1_000;
const KEPT_DAYS = 30;
const PRUNED_AT_ONCE = 10_000;

export type SweeperDeps = DeliverDeps;

async function deliverAll(deps: SweeperDeps, due: readonly DeliveryRow[]): Promise<void> {
  const waiting = [...due];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined && !deps.signal?.aborted; next = waiting.shift()) {
      await deliver(deps, next);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, work));
}

/**
 * Makes all deliveries that are due, and releases the claims of crashed nodes. Any number of nodes may run it at once.
 * @returns the number of attempts
 */
export async function sweepDeliveries(deps: SweeperDeps): Promise<number> {
  const { db } = deps.database;
  const handlers = [...deps.handlers().values()];
  const again = handlers.filter((handler) => 'send' in handler && handler.interrupted === 'again').map(handlerKey);
  await releaseClaims(db, again, { limit: TAKEN_BACK_AT_ONCE, steadyNow: deps.clock.steadyNow() });
  for (let tried = 0; ; ) {
    if (deps.signal?.aborted) return tried;
    const due = await claimDue(db, {
      claim: newId(),
      leaseMs: LEASE_MS,
      limit: AT_ONCE,
      steadyNow: deps.clock.steadyNow(),
    });
    await deliverAll(deps, due);
    tried += due.length;
    if (due.length < AT_ONCE) return tried;
  }
}

/** Deletes deliveries that were settled 30 days ago: until then people can see why they got them, or did not. */
export async function deleteOldDeliveries({ database: { db } }: Pick<DeliverDeps, 'database'>): Promise<void> {
  while ((await pruneDeliveries(db, KEPT_DAYS, PRUNED_AT_ONCE)) === PRUNED_AT_ONCE);
}

/** Sweeps every 2 s. @returns stops it, after the deliveries in progress */
export function startSweeper(deps: SweeperDeps): () => Promise<void> {
  const stopping = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const sweep = () => {
    running = sweepDeliveries({ ...deps, signal: stopping.signal })
      .catch((error: unknown) => deps.log.warn({ err: error }, 'could not deliver what is due'))
      .finally(() => {
        if (!stopping.signal.aborted) wait();
      });
  };
  const wait = () => {
    timer = setTimeout(sweep, EVERY_MS).unref();
  };
  wait();
  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await running;
  };
}
