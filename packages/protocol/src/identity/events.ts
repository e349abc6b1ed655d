import { z } from 'zod';
import { event } from '../core/event.ts';
import { id } from '../core/primitives.ts';
import { me, user } from './user.ts';

export const identityEvents = {
  'me:updated': event({ summary: 'My own account changed', on: ['user'], data: me }),
  'user:updated': event({
    summary: 'The public profile of someone in the workspace changed',
    on: ['workspace'],
    data: user.extend({ workspaceId: id }),
  }),
  'session:revoked': event({
    summary: 'A device was signed out, or an API token ended; its connections close',
    on: ['user'],
    data: z.object({ sessionIds: z.array(id) }),
  }),
} as const;
