import type { Database } from '../../platform/database/index.ts';
import { type AttemptDeps, attempt } from './attempt.ts';
import { BATCH, type CollectDeps, collect } from './collect.ts';
import { settleDelivered, settleFailed, waitingDeliveries } from './delivery-store.ts';
import { type DisableDeps, disable } from './disable.ts';
import { releaseClaim, renewClaim } from './endpoint-store.ts';
import { verdictOn } from './policy.ts';
import type { DeliveryRow, EndpointRow } from './tables.ts';

/** Longer than an attempt and recording its result, so that no other node starts while this one is still sending. */
export const LEASE_MS = 10_000;
/** After this many, others have their turn. */
const TURN_MS = 5_000;

export interface TurnDeps extends AttemptDeps, CollectDeps, DisableDeps {
  database: Pick<Database, 'db' | 'transaction'>;
  /** Called for every attempt. */
  attempted(isDelivered: boolean): void;
}

/** `on`: the next one may be sent. `look`: what was read of the endpoint is stale. `stop`: the turn is over. */
type Next = 'on' | 'look' | 'stop';

async function sendOne(
  deps: TurnDeps,
  endpoint: EndpointRow,
  delivery: DeliveryRow,
  stopping: AbortSignal,
): Promise<Next> {
  const { clock, database } = deps;
  const { retryAfterMs, ...record } = await attempt(deps, endpoint, delivery, stopping);
  // The next node to claim it sends it again.
  if (stopping.aborted && record.status === null) return 'stop';
  const failingForMs = endpoint.failing_since === null ? 0 : clock.now().getTime() - endpoint.failing_since.getTime();
  const verdict = verdictOn(
    { status: record.status, retryAfterMs },
    { attempts: delivery.attempts + 1, failingForMs, random: Math.random() },
  );
  deps.attempted(verdict.state === 'delivered');
  switch (verdict.state) {
    case 'delivered':
      return (await settleDelivered(database.db, endpoint, delivery, { ...record, leaseMs: LEASE_MS })) ? 'on' : 'look';
    case 'retry':
      await settleFailed(database.db, endpoint, delivery, { ...record, afterMs: verdict.afterMs, isLast: false });
      return 'stop';
    case 'failed':
      await settleFailed(database.db, endpoint, delivery, { ...record, afterMs: 0, isLast: true });
      return 'look';
    case 'gone':
    case 'failing':
      await settleFailed(database.db, endpoint, delivery, { ...record, afterMs: 0, isLast: false });
      await disable(deps, endpoint, verdict.state);
      return 'stop';
  }
}

/** Sends the waiting deliveries. @returns false when the turn is over */
async function sendWaiting(
  deps: TurnDeps,
  endpoint: EndpointRow,
  { isOver, stopping }: { isOver: () => boolean; stopping: AbortSignal },
): Promise<boolean> {
  for (const delivery of await waitingDeliveries(deps.database.db, endpoint.id, BATCH)) {
    if (isOver()) return false;
    const next = await sendOne(deps, endpoint, delivery, stopping);
    if (next !== 'on') return next === 'look';
  }
  return true;
}

/**
 * Sends to a claimed endpoint, one event after the other, until nothing is left, it fails, or its turn is over. If this
 * rejects, the claim is kept, and the endpoint is retried when the claim expires.
 */
export async function takeTurn(deps: TurnDeps, claimed: EndpointRow, stopping: AbortSignal): Promise<void> {
  const { db } = deps.database;
  const ends = performance.now() + TURN_MS;
  const isOver = () => stopping.aborted || performance.now() > ends;
  for (let endpoint: EndpointRow | undefined = claimed; endpoint !== undefined; ) {
    if (!(await sendWaiting(deps, endpoint, { isOver, stopping }))) break;
    const read = await collect(deps, endpoint);
    if (read === 0 || isOver()) break;
    endpoint = await renewClaim(db, endpoint, LEASE_MS);
  }
  await releaseClaim(db, claimed);
}
