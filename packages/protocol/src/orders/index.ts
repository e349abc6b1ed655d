import { z } from 'zod';
import { feature } from '../core/feature.ts';
import { orderAccess } from './access.ts';
import { desks } from './desk.ts';
import { orderEvents } from './events.ts';
import { orderLimits, orderSizes } from './limits.ts';
import { orders } from './operations.ts';
import { deskState, orderSummary } from './order.ts';
import { orderProblems } from './problems.ts';

export * from './desk.ts';
export * from './events.ts';
export * from './operations.ts';
export * from './order.ts';
export * from './order-can.ts';

/** Orders of customers, and the desk where they are processed. */
export const ordersFeature = feature({
  groups: {
    desks: {
      title: 'Desks',
      description: 'The desk where the orders of a workspace are processed.',
      operations: desks,
    },
    orders: { title: 'Orders', description: 'Orders of customers, from placing to delivery.', operations: orders },
  },
  events: orderEvents,
  access: orderAccess,
  problems: orderProblems,
  limits: orderLimits,
  sizes: orderSizes,
  streams: ['desk'],
  snapshot: {
    desks: z
      .array(deskState)
      .meta({ description: 'Desks of the workspaces in which you are an owner, admin or member' }),
    orders: z.array(orderSummary).meta({ description: 'Your latest orders, at most 20 per workspace' }),
  },
});
