import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';

export const presenceStatus = z.enum(['online', 'away', 'offline', 'dnd']);
export type PresenceStatus = z.infer<typeof presenceStatus>;

export const presence = z.object({
  userId: id,
  status: presenceStatus,
  lastSeen: instant.nullable().meta({ description: 'Now, while connected; null: never connected' }),
  devices: z.int().meta({
    description:
      'Sign-ins and API tokens with an open connection: two windows of one browser are one. A change of only this is not told',
  }),
  until: instant.optional().meta({ description: 'When away or do-not-disturb ends by itself' }),
});
export type Presence = z.infer<typeof presence>;
