import { z } from 'zod';
import { feature } from '../core/feature.ts';
import { reminderAccess } from './access.ts';
import { reminderEvents } from './events.ts';
import { reminderSizes } from './limits.ts';
import { reminders } from './operations.ts';
import { reminder } from './reminder.ts';

export * from './events.ts';
export * from './operations.ts';
export * from './reminder.ts';

/** Reminders at a time, before a due date, or by a rule. */
export const remindersFeature = feature({
  groups: {
    reminders: {
      title: 'Reminders',
      description: 'Reminders at a time, before a due date, or by a rule.',
      operations: reminders,
    },
  },
  events: reminderEvents,
  access: reminderAccess,
  sizes: reminderSizes,
  snapshot: {
    reminders: z.array(reminder).meta({ description: 'Open reminders for you or created by you' }),
  },
});
