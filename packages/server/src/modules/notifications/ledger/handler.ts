import type { Work } from '../../../platform/module/index.ts';
import type { DeliveryChannel, DeliveryRow } from './tables.ts';

/** Tried again while it is of use; `afterMs` where the receiver said when, else by the ladder of attempts. */
export interface RetryOutcome {
  state: 'retry';
  reason: string;
  afterMs?: number;
}

/** What became of an attempt. A thrown error counts as `retry`. */
export type DeliveryOutcome =
  | { state: 'sent'; reason?: string }
  /** No longer wanted, as when the task is completed by now. */
  | { state: 'withdrawn'; reason: string }
  /** Never succeeds. */
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

/** Has its effect elsewhere, outside of any transaction. A repeated one must be recognisable by its receiver. */
export interface SendingHandler extends Handled {
  /** Rejects or resolves soon after the signal is aborted. */
  send(delivery: DeliveryRow, signal: AbortSignal): Promise<DeliveryOutcome>;
  /** What becomes of one that a node was sending as it died: it is sent again, or stays unknown. */
  interrupted: 'again' | 'unknown';
}

/** Delivers one kind by one channel. */
export type DeliveryHandler = WritingHandler | SendingHandler;

declare module '../../../platform/module/index.ts' {
  interface Module {
    /** Kinds of delivery that the module plans, with how they are delivered. */
    deliveries?: readonly DeliveryHandler[];
  }
}

/** Handlers by kind and channel. */
export type DeliveryHandlers = ReadonlyMap<string, DeliveryHandler>;

export const handlerKey = ({ kind, channel }: Handled): string => `${kind} ${channel}`;

/** Collects the handlers of all modules. Throws an Error when a kind has two for one channel. */
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
