import { z } from 'zod';
import { id, instant, text, version } from '../core/primitives.ts';

/** The channels of a reminder, in addition to the list of notifications. */
export const reminderType = z.enum(['email', 'push', 'both']);
export type ReminderType = z.infer<typeof reminderType>;

export const reminderMessage = text(0, 500);

function isLocalTime(value: string): boolean {
  const date = new Date(`${value}:00.000Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

/** A local date and time of day. */
export const localTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/, { error: 'is not a local time such as 2027-03-28T09:00' })
  .refine(isLocalTime, { error: 'is not a local time such as 2027-03-28T09:00' })
  .meta({ description: 'YYYY-MM-DDTHH:MM in your time zone; it stays the same when your time zone changes' });

/** A time before a due date. */
export const beforeDue = z
  .string()
  .max(20)
  .regex(/^P(?=\d|T\d)(?:\d{1,2}W|(?:\d{1,3}D)?(?:T(?=\d)(?:\d{1,4}H)?(?:\d{1,5}M)?)?)$/, {
    error: 'is not a duration such as PT1H or P1D',
  })
  .meta({
    description: 'ISO 8601 duration in weeks, or in days, hours and minutes: P1D is the same time a day earlier',
  });

export const reminderRule = z
  .string()
  .min(1)
  .max(500)
  .meta({ description: 'RFC 5545 RRULE without the prefix, evaluated in your time zone: FREQ=WEEKLY;BYDAY=MO' });

/**
 * open: not yet sent, or not completed; done: completed; withdrawn: no longer sent, because the task was completed or
 * deleted, or the person lost access.
 */
export const reminderStatus = z.enum(['open', 'done', 'withdrawn']);
export type ReminderStatus = z.infer<typeof reminderStatus>;

/** How a reminder recurs. */
export const reminderRecurrence = z.object({
  rule: z.string(),
  occurrence: z.int().meta({ description: 'Number of the next occurrence, from 1' }),
});

/** A reminder as its recipient and its creator see it. */
export const reminder = z.object({
  id,
  userId: id.meta({ description: 'The recipient' }),
  createdBy: id,
  workspaceId: id.nullable().meta({ description: 'The workspace of the task or the conversation' }),
  taskId: id.nullable(),
  messageId: id.nullable(),
  conversationId: id
    .nullable()
    .meta({ description: 'The conversation of the message; without a message, where the reminder is posted' }),
  message: z.string(),
  type: reminderType,
  scheduledAt: instant.nullable().meta({
    description: 'The next time, or the last one; null for one before a due date while the task has none',
  }),
  localTime: z.string().nullable().meta({ description: 'Its local time; null if it is set to an instant' }),
  timeZone: z
    .string()
    .meta({ description: 'The time zone of `localTime`, of the rule and of whole days before a due date' }),
  adjusted: z.enum(['skipped', 'repeated']).nullable().meta({
    description:
      'skipped: the time zone skips the local time, and the reminder is later by the length of the gap; repeated: the local time occurs twice, and the first one is used (RFC 5545)',
  }),
  before: z.string().nullable().meta({ description: 'How long before the due date of the task' }),
  recurrence: reminderRecurrence.nullable(),
  snoozedUntil: instant.nullable(),
  sentAt: instant.nullable().meta({ description: 'When it was last sent' }),
  status: reminderStatus,
  reason: z
    .enum(['task_completed', 'task_deleted', 'no_access'])
    .nullable()
    .meta({ description: 'Why it was withdrawn' }),
  completedAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  version,
});
export type Reminder = z.infer<typeof reminder>;
