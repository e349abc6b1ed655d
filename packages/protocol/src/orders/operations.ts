import { z } from 'zod';
import { productPrice } from '../catalog/product.ts';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, line, page, text, version } from '../core/primitives.ts';
import { user } from '../identity/user.ts';
import { orderSizes } from './limits.ts';
import { order, orderStatus, orderSummary, placedOrder } from './order.ts';

const item = z.strictObject({
  productId: id,
  quantity: z.int().min(1).max(orderSizes.orderQuantity).default(1),
  price: productPrice
    .optional()
    .meta({ description: 'The price you saw; if it differs, the order is refused with `price_changed`' }),
});

export const orders = operationGroup('orders', {
  place: operation({
    summary: 'Place an order',
    description: [
      'Takes all items from the stock, or none. A product that is given twice becomes one line.',
      'With an Idempotency-Key the order is placed once, however often it is sent, without a time limit.',
      '`out_of_stock` and `price_changed` list the items, with the current stock and prices in `current`.',
    ].join(' '),
    method: 'POST',
    path: '/workspaces/:workspaceId/orders',
    event: 'order:place',
    access: 'user',
    limit: 'order',
    example: { items: [{ productId: '00000000-0000-7000-8000-000000000000', quantity: 2 }] },
    input: z.strictObject({
      workspaceId: id,
      items: z.array(item).min(1).max(orderSizes.orderLines),
      note: text(0, 1_000).default(''),
    }),
    output: placedOrder,
    status: 201,
    errors: ['not_found', 'forbidden', 'out_of_stock', 'price_changed', 'conflict'],
  }),
  mine: operation({
    summary: 'List your orders',
    description: 'In all your workspaces, latest first.',
    method: 'GET',
    path: '/orders/my',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id.optional(),
      status: orderStatus.optional(),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(orderSummary),
  }),
  list: operation({
    summary: 'List the orders of a workspace',
    description: 'Highest number first.',
    method: 'GET',
    path: '/workspaces/:workspaceId/orders',
    access: 'desk:staff',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      status: orderStatus.optional(),
      buyerId: id.optional(),
      assigneeId: id.optional(),
      from: instant.optional().meta({ description: 'Placed at this time or later' }),
      to: instant.optional().meta({ description: 'Placed before this time' }),
      q: line(1, 100).optional().meta({ description: 'A number, or part of the name of the buyer or of a product' }),
      limit,
      cursor: cursor.optional(),
    }),
    output: page(orderSummary).extend({
      people: z.array(user).meta({ description: 'Buyers and assignees of the orders' }),
    }),
  }),
  get: operation({
    summary: 'Get an order',
    method: 'GET',
    path: '/orders/:orderId',
    access: 'order:reader',
    limit: 'user',
    input: z.strictObject({ orderId: id }),
    output: order,
  }),
  update: operation({
    summary: 'Change the status or the assignee of an order',
    description: [
      'The statuses are pending, processing, shipped and delivered, in this order. An order can be cancelled before it is',
      'shipped, which returns the pieces to the stock. A change of an unassigned order assigns it to the caller.',
      'The buyer may cancel it while it is pending.',
      'An impossible change is refused with `conflict`, an outdated version with `version_conflict`;',
      'both contain the order in `current`.',
    ].join(' '),
    method: 'PATCH',
    path: '/orders/:orderId',
    event: 'order:setStatus',
    access: 'order:reader',
    limit: 'user',
    destructive: true,
    example: { status: 'processing' },
    input: z.strictObject({
      orderId: id,
      status: orderStatus.optional(),
      assigneeId: id.nullable().optional().meta({ description: 'null: unassigned' }),
      note: text(0, 1_000).default('').meta({ description: 'Shown in the timeline, also to the buyer' }),
      version: version.optional(),
    }),
    output: order,
    errors: ['forbidden', 'conflict', 'version_conflict'],
  }),
});
