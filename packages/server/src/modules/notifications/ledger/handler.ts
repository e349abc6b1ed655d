import type { Work } from '../../../platform/module/index.ts';
import type { DeliveryChannel, DeliveryRow } from './tables.ts';

/** Retried while it is useful; after `afterMs` if the receiver gave a time, otherwise by the ladder of delays. */
export interface RetryOutcome {
  state: 'retry';
  reason: string;
  afterMs?: number;
}

/** The outcome of an attempt. A thrown error counts as `retry`. */
export type DeliveryOutcome =
  | { state: 'sent'; reason?: string }
  /** No longer wanted, for instance because the task was completed. */
  | { state: 'withdrawn'; reason: string }
  /** Can never succeed. */
  | { state: 'failed'; reason: string }
  | RetryOutcome;

interface Handled {
  kind: string;
  channel: DeliveryChannel;
}

/** Has its effect in the database, in the transaction that marks the delivery as sent: exactly once. */
export interface WritingHandler extends Handled {
  write(work: Work, delivery: DeliveryRow): Promise<DeliveryOutcome>;
}

/** Has its effect elsewhere, outside of any transaction. The receiver must be able to detect repetitions. */
export interface SendingHandler extends Handled {
  /** Rejects or resolves soon after the signal is aborted. */
  send(delivery: DeliveryRow, signal: AbortSignal): Promise<DeliveryOutcome>;
  /** What happens to a delivery whose node crashed while sending it: it is sent again, or stays unknown. */
  interrupted: 'again' | 'unknown';
}

/** Delivers one kind on one channel. */
export type DeliveryHandler = WritingHandler | SendingHandler;

declare module '../../../platform/module/index.ts' {
  interface Module {
    /** The module's kinds of delivery, with their handlers. */
    deliveries?: readonly DeliveryHandler[];
  }
}

/** Handlers by kind and channel. */
export type DeliveryHandlers = ReadonlyMap<string, DeliveryHandler>;

export const handlerKey = ({ kind, channel }: Handled): string => `${kind} ${channel}`;

/** Collects the handlers of all modules. Throws an Error if a kind has two for one channel. */
export function collectDeliveryHandlers(
  modules: readonly { deliveries?: readonly DeliveryHandler[] }[],
): DeliveryHandlers {
  const handlers = new Map<string, DeliveryHandler>();
  for (const handler of modules.flatMap(({ deliveries = [] }) => deliveries)) {
    const key = handlerKey(handler);
    if (handlers.has(key)) throw new Error(`Two modules deliver ${handler.kind} by ${handler.channel}.`);
    handlers.set(key, handler);
  }
  return handlers;
}
