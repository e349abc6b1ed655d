import { z } from 'zod';
import { event } from '../core/event.ts';
import { id, instant, seq, version } from '../core/primitives.ts';
import { deskState, orderStatus, orderSummary } from './order.ts';

const handled = {
  orderId: id,
  workspaceId: id,
  assigneeId: id.nullable(),
  version,
  at: instant,
};

/** Events of orders. */
export const orderEvents = {
  'order:created': event({
    summary: 'An order was placed',
    on: ['desk', 'user'],
    external: true,
    data: orderSummary,
  }),
  'order:statusChanged': event({
    summary: 'An order moved to another status',
    on: ['desk', 'user'],
    external: true,
    data: z.object({ ...handled, status: orderStatus, previous: orderStatus }),
  }),
  'order:assigned': event({
    summary: 'An order was taken, assigned to someone else or released',
    on: ['desk', 'user'],
    external: true,
    data: z.object(handled),
  }),
  'order:all': event({
    summary: 'Your orders in a workspace that you joined again',
    on: ['user'],
    data: z.object({ workspaceId: id, orders: z.array(orderSummary) }),
  }),
  'desk:joined': event({
    summary: 'You can now see the desk of a workspace; its stream continues from `asOf`',
    on: ['user'],
    data: z.object({ desk: deskState, asOf: seq }),
  }),
  'desk:left': event({
    summary: 'You can no longer see the desk of a workspace',
    on: ['user'],
    data: z.object({ workspaceId: id }),
  }),
  'desk:memberLeft': event({
    summary: 'A user can no longer see the desk',
    on: ['desk'],
    external: false,
    data: z.object({ workspaceId: id, userId: id }),
  }),
} as const;
