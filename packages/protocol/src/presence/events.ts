import { event } from '../core/event.ts';
import { presence } from './presence.ts';

export const presenceEvents = {
  'presence:changed': event({
    summary: 'A user came online, went offline or changed their status',
    on: 'volatile',
    data: presence,
  }),
} as const;
