import { z } from 'zod';
import { productPrice } from '../catalog/product.ts';
import { id, instant, version } from '../core/primitives.ts';
import { user } from '../identity/user.ts';

const may = (description: string) => z.boolean().meta({ description });

export const orderStatus = z.enum(['pending', 'processing', 'shipped', 'delivered', 'cancelled']);
export type OrderStatus = z.infer<typeof orderStatus>;

const amount = (description: string) =>
  z
    .int()
    .min(0)
    .meta({ description: `${description}, in minor units of the currency` });
const currency = z.string().meta({ description: 'ISO 4217' });

/** What the caller may do with an order. */
export const orderCan = z.object({
  process: may('Move it to processing'),
  ship: may('Move it to shipped'),
  deliver: may('Move it to delivered'),
  cancel: may('Cancel it'),
  assign: may('Take it, assign it to a colleague, or release it'),
});
export type OrderCan = z.infer<typeof orderCan>;

/** An order in lists and in the live state. */
export const orderSummary = z.object({
  id,
  workspaceId: id,
  number: z.int().min(1).meta({ description: 'Within the workspace, without gaps' }),
  status: orderStatus,
  buyerId: id,
  assigneeId: id.nullable().meta({ description: 'null: unassigned' }),
  conversationId: id.nullable().meta({
    description: 'The support conversation of the buyer, which may have been deleted; null if none could be created',
  }),
  title: z.string().meta({ description: 'Name of the first product' }),
  lineCount: z.int().min(1),
  quantity: z.int().min(1).meta({ description: 'Number of pieces in all lines' }),
  currency,
  total: amount('The sum of all lines'),
  createdAt: instant,
  updatedAt: instant,
  version,
});
export type OrderSummary = z.infer<typeof orderSummary>;

/** One product of an order, with the name and price it had when it was ordered. */
export const orderLine = z.object({
  productId: id,
  name: z.string(),
  price: productPrice,
  quantity: z.int().min(1),
  total: amount('Price times quantity'),
});
export type OrderLine = z.infer<typeof orderLine>;

/** An entry in the timeline of an order. */
export const orderChange = z.object({
  from: orderStatus.nullable().meta({ description: 'null if the order was placed' }),
  to: orderStatus.meta({ description: 'Same as `from` if only the assignee changed' }),
  assigneeId: id.nullable().meta({ description: 'The assignee from then on' }),
  authorId: id,
  note: z.string(),
  at: instant,
});
export type OrderChange = z.infer<typeof orderChange>;

export const placedOrder = orderSummary.extend({ note: z.string(), lines: z.array(orderLine), can: orderCan });
export type PlacedOrder = z.infer<typeof placedOrder>;

export const order = placedOrder.extend({
  timeline: z.array(orderChange).meta({ description: 'Oldest first' }),
  people: z.array(user).meta({ description: 'Everyone in the order whom you can see' }),
});
export type Order = z.infer<typeof order>;

/** The number of orders of a workspace by status. */
export const orderCounts = z.object({
  pending: z.int(),
  processing: z.int(),
  shipped: z.int(),
  delivered: z.int(),
  cancelled: z.int(),
});
export type OrderCounts = z.infer<typeof orderCounts>;

/** The live desk of a workspace with a shop. */
export const deskState = z.object({
  workspaceId: id,
  lastNumber: z.int().min(0).meta({ description: 'Number of the latest order; 0 if there is none' }),
  counts: orderCounts,
  orders: z.array(orderSummary).meta({ description: 'The latest 100 by number, whatever their status' }),
});
export type DeskState = z.infer<typeof deskState>;
