import { z } from 'zod';
import { event } from '../core/event.ts';
import { id } from '../core/primitives.ts';
import { reminder } from './reminder.ts';

const data = z.object({ reminder });

export const reminderEvents = {
  'reminder:created': event({ summary: 'A reminder was created, by you or for you', on: ['user'], data }),
  'reminder:updated': event({
    summary: 'A reminder was changed, snoozed, completed or withdrawn, or moved with a due date or a time zone',
    on: ['user'],
    data,
  }),
  'reminder:due': event({
    summary: 'A reminder was sent',
    on: ['user'],
    data,
  }),
  'reminder:deleted': event({
    summary: 'A reminder was deleted, possibly together with its subject',
    on: ['user'],
    data: z.object({ reminderId: id }),
  }),
} as const;
