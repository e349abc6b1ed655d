import type { OrderStatus } from '@atrium/protocol';
import type { Work } from '../../../platform/module/index.ts';
import { presentHandled } from '../rows/present.ts';
import { deskStream } from '../rows/stream.ts';
import type { OrderRow } from '../rows/tables.ts';

/** Appends the event for the desk and the buyer. */
export function announceChange({ append }: Pick<Work, 'append'>, order: OrderRow, previous: OrderStatus): void {
  const handled = presentHandled(order);
  for (const stream of [deskStream(order.workspace_id), `user:${order.buyer_id}`] as const) {
    if (order.status === previous) append(stream, 'order:assigned', handled);
    else append(stream, 'order:statusChanged', { ...handled, status: order.status, previous });
  }
}
