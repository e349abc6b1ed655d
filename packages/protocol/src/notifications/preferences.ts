import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';
import { notificationTypes } from './notification.ts';

const channels = z.object({ app: z.boolean(), mail: z.boolean(), push: z.boolean() });
export type NotificationChannels = z.infer<typeof channels>;

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'is not a time of day such as 07:30' })
  .meta({ description: 'HH:MM in your time zone' });
const shownTime = z.string().meta({ description: 'HH:MM in your time zone' });
const byType = <Value extends z.ZodType>(value: Value) =>
  Object.fromEntries(notificationTypes.map((type) => [type, value])) as Record<
    (typeof notificationTypes)[number],
    Value
  >;

const weekdays = z
  .array(z.int().min(1).max(7))
  .max(7)
  .meta({ description: '1 is Monday. A window past midnight belongs to the day on which it begins' });
const quietHours = z.object({ enabled: z.boolean(), from: shownTime, to: shownTime, days: weekdays });
export type QuietHours = z.infer<typeof quietHours>;

const digest = z.object({
  mode: z.enum(['off', 'hourly', 'daily']).meta({ description: 'Whether mails are combined into one' }),
  time: shownTime,
});
const hourlyCap = z.int().min(1).max(1_000).meta({ description: 'Maximum number of mails and push messages per hour' });

/** A user's notification preferences. */
export const notificationPreferences = z.object({
  channels: z.object(byType(channels)),
  quietHours: quietHours.meta({
    description: 'Mails and push messages wait until they end. Equal times: no quiet hours',
  }),
  digest,
  hourlyCap,
});
export type NotificationPreferences = z.infer<typeof notificationPreferences>;

/** A change of preferences; fields that are not given keep their value. */
export const preferenceChanges = z.strictObject({
  channels: z.strictObject(byType(channels.partial().strict())).partial().optional(),
  quietHours: quietHours.extend({ from: timeOfDay, to: timeOfDay }).partial().strict().optional(),
  digest: digest.extend({ time: timeOfDay }).partial().strict().optional(),
  hourlyCap: hourlyCap.optional(),
});
export type PreferenceChanges = z.infer<typeof preferenceChanges>;

export const conversationLevel = z.enum(['all', 'mentions', 'nothing']);

/** A user's notification level for a conversation. */
export const conversationNotifications = z.object({
  conversationId: id,
  level: conversationLevel
    .nullable()
    .meta({ description: 'null: all messages of a direct conversation; mentions and replies in others' }),
  until: instant.nullable().meta({ description: 'When the default applies again; null: never' }),
});
export type ConversationNotifications = z.infer<typeof conversationNotifications>;

/**
 * Kinds of mail that one click unsubscribes from: those about one type of notification, all about notifications, or the
 * morning mail with the tasks due today.
 */
export const mailKind = z.enum([...notificationTypes, 'all', 'morning_digest']);
export type MailKind = z.infer<typeof mailKind>;
