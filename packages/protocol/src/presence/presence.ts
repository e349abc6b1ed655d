import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';

export const presenceStatus = z.enum(['online', 'away', 'offline', 'dnd']);
export type PresenceStatus = z.infer<typeof presenceStatus>;

export const presence = z.object({
  userId: id,
  status: presenceStatus,
  lastSeen: instant.nullable().meta({ description: 'The current time while connected; null if never connected' }),
  devices: z.int().meta({
    description:
      'Sessions and API tokens with an open connection; two windows of one browser count as one. A change of this number alone causes no event',
  }),
  until: instant.optional().meta({ description: 'When away or do not disturb ends automatically' }),
});
export type Presence = z.infer<typeof presence>;
