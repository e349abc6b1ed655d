import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { id } from '../core/primitives.ts';
import { timezone, user } from '../identity/user.ts';
import { presence } from '../presence/presence.ts';
import { orderCounts } from './order.ts';

const count = (description: string) => z.int().min(0).meta({ description });

/** Figures of a desk that are not in the live state. */
export const deskOverview = z.object({
  workspaceId: id,
  counts: orderCounts,
  timeZone: z.string(),
  revenue: z
    .array(
      z.object({
        day: z.iso.date(),
        currency: z.string().meta({ description: 'ISO 4217' }),
        orders: count('Orders placed on that day, without cancelled ones'),
        total: count('What they cost, in minor units of the currency'),
      }),
    )
    .meta({ description: 'Days with orders only, oldest first' }),
  customers: z.object({
    online: count('Connected now'),
    recent: count('Seen in the last 15 minutes'),
    offline: count('All others'),
    people: z.array(presence).meta({ description: 'Up to 100 people who are online or were recently' }),
  }),
  conversations: z.object({
    unassigned: count('Open support conversations that nobody has taken'),
    assigned: count('Those that somebody has'),
  }),
  staff: z
    .array(z.object({ userId: id, orders: count('Open orders'), conversations: count('Open support conversations') }))
    .meta({ description: 'Number of orders by assignee' }),
  people: z.array(user).meta({ description: 'Everyone who appears here' }),
});
export type DeskOverview = z.infer<typeof deskOverview>;

export const desks = operationGroup('desks', {
  get: operation({
    summary: 'Get figures of the desk of a workspace',
    description: 'In addition to the live state: revenue by day, customers who are online, and orders by assignee.',
    method: 'GET',
    path: '/workspaces/:workspaceId/desk',
    access: 'desk:staff',
    limit: 'user',
    input: z.strictObject({
      workspaceId: id,
      days: z.int().min(1).max(92).default(30).meta({ description: 'Number of days up to today' }),
      timeZone: timezone.optional().meta({ description: 'Determines the days; defaults to your time zone' }),
    }),
    output: deskOverview,
  }),
});
