import { z } from 'zod';
import { event } from '../core/event.ts';
import { id } from '../core/primitives.ts';
import { me, user } from './user.ts';

export const identityEvents = {
  'me:updated': event({ summary: 'Your account was updated', on: ['user'], data: me }),
  'user:updated': event({
    summary: 'The profile of a member of the workspace was updated',
    on: ['workspace'],
    external: true,
    data: user.extend({ workspaceId: id }),
  }),
  'session:revoked': event({
    summary: 'Sessions or API tokens were revoked; their connections close',
    on: ['user'],
    data: z.object({ sessionIds: z.array(id) }),
  }),
} as const;
