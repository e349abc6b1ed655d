import type { Database } from '../../../platform/database/index.ts';
import type { Log } from '../../../platform/log/index.ts';
import type { Transact } from '../../../platform/module/index.ts';
import {
  type DeliveryHandlers,
  type DeliveryOutcome,
  handlerKey,
  type RetryOutcome,
  type SendingHandler,
  type WritingHandler,
} from './handler.ts';
import { retryDelayMs } from './ladder.ts';
import { beginSending, markSentAnyway, retryLater, settle } from './sweep-store.ts';
import type { DeliveryRow } from './tables.ts';

export interface DeliverDeps {
  database: Pick<Database, 'db'>;
  log: Pick<Log, 'warn'>;
  transact: Transact;
  handlers(): DeliveryHandlers;
  /** The clock that decides what is due, and what is still useful. */
  clock: { steadyNow(): Date };
  /** Aborted when the server stops: the delivery in progress ends and is retried. */
  signal?: AbortSignal;
}

/** The timeout of an effect outside of the database. */
const SEND_MS = 20_000;
/** Longer than an attempt, so that no other node begins while this one is still trying. */
const SEND_LEASE_MS = SEND_MS + 10_000;

/**
 * Thrown to roll back the effect of a delivery that was withdrawn, or claimed by another node, before it was settled.
 */
class NoLongerClaimed extends Error {}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The effect and its mark are one transaction. What the effect locks comes before the delivery, as everywhere. */
async function write(
  { clock, transact }: DeliverDeps,
  handler: WritingHandler,
  delivery: DeliveryRow,
): Promise<RetryOutcome | undefined> {
  try {
    return await transact({ actorId: null }, async (work) => {
      const now = new Date(Math.min(work.now.getTime(), clock.steadyNow().getTime()));
      const outcome: DeliveryOutcome = await handler.write({ ...work, now }, delivery);
      if (outcome.state === 'retry') return outcome;
      const { state, reason = null } = outcome;
      if (!(await settle(work.tx, delivery, { state, reason }))) throw new NoLongerClaimed();
      return undefined;
    });
  } catch (error) {
    if (error instanceof NoLongerClaimed) return undefined;
    throw error;
  }
}

async function send(
  { clock, database: { db }, signal }: DeliverDeps,
  handler: SendingHandler,
  delivery: DeliveryRow,
): Promise<RetryOutcome | undefined> {
  if (!(await beginSending(db, delivery, { leaseMs: SEND_LEASE_MS, steadyNow: clock.steadyNow() }))) return undefined;
  const limit = AbortSignal.timeout(SEND_MS);
  const outcome = await handler.send(delivery, signal ? AbortSignal.any([signal, limit]) : limit);
  if (outcome.state === 'retry') return outcome;
  const { state, reason = null } = outcome;
  if (!(await settle(db, delivery, { state, reason })) && state === 'sent') await markSentAnyway(db, delivery);
  return undefined;
}

/** Makes one claimed delivery and records the outcome. Never rejects because of the delivery itself. */
export async function deliver(deps: DeliverDeps, delivery: DeliveryRow): Promise<void> {
  const { clock, database, log } = deps;
  const { id, kind, channel, attempts: attempt } = delivery;
  const handler = deps.handlers().get(handlerKey(delivery));
  if (clock.steadyNow() > delivery.useful_until) {
    await settle(database.db, delivery, { state: 'failed', reason: delivery.reason ?? 'too late to be of use' });
    return;
  }
  const failed = (reason: string): RetryOutcome => ({ state: 'retry', reason });
  const again =
    handler === undefined
      ? // A newer node may have planned it, and delivers it.
        failed(`this node does not deliver ${kind} by ${channel}`)
      : await ('write' in handler ? write : send)(deps, handler as never, delivery).catch((error: unknown) =>
          failed(reasonOf(error)),
        );
  if (again === undefined) return;
  log.warn({ delivery: id, kind, channel, attempt, reason: again.reason }, 'delivery attempt failed');
  const afterMs = again.afterMs ?? retryDelayMs(attempt);
  await retryLater(database.db, delivery, { afterMs, reason: again.reason, steadyNow: clock.steadyNow() });
}
