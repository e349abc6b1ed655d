import { orders } from '@atrium/protocol';
import { direct, type Implementation } from '../../../platform/module/index.ts';
import type { PlacingQueue } from './queue.ts';
import { wishOf } from './wish.ts';

/** Placing orders. */
export function placeOperation(queue: Pick<PlacingQueue, 'place'>): Implementation {
  return direct(orders.place, ({ actor, input, key }) => queue.place(wishOf(actor, key, input)));
}
