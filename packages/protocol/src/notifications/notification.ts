import { z } from 'zod';
import { id, instant } from '../core/primitives.ts';

/** The subject of a notification; preferences are set by type. */
export const notificationTypes = [
  'overdue',
  'upcoming',
  'reminder',
  'mention',
  'message',
  'task',
  'order',
  'product',
  'general',
] as const;
export const notificationType = z.enum(notificationTypes);
export type NotificationType = z.infer<typeof notificationType>;

/** What happened, for clients that have their own texts. */
export const notificationCause = z.enum([
  'task_assigned',
  'task_completed',
  'task_due_soon',
  'task_overdue',
  'tasks_due_today',
  'comment_mention',
  'message_mention',
  'message_reply',
  'message',
  'reminder',
  'order',
  'product',
  'general',
]);
export type NotificationCause = z.infer<typeof notificationCause>;

export const notification = z.object({
  id,
  type: notificationType,
  cause: notificationCause,
  title: z.string(),
  body: z.string(),
  link: z.string().nullable().meta({ description: 'Path in the web app, such as `/tasks/…`' }),
  workspaceId: id.nullable(),
  conversationId: id.nullable(),
  messageId: id.nullable(),
  taskId: id.nullable(),
  actorIds: z.array(id).meta({ description: 'The users who caused it, most recent first, at most 5' }),
  actorCount: z.int().meta({ description: 'How many users caused it, at most 20' }),
  count: z.int().meta({ description: 'How many events it covers: similar ones are grouped while it is unread' }),
  createdAt: instant,
  updatedAt: instant.meta({ description: 'Time of the latest event' }),
  readAt: instant.nullable(),
});
export type Notification = z.infer<typeof notification>;

export const notificationChannel = z.enum(['app', 'mail', 'push']);
export type NotificationChannel = z.infer<typeof notificationChannel>;

/** Why a channel was used, or was not. */
export const decisionReason = z.enum([
  'preference',
  'requested',
  'type_off',
  'not_requested',
  'conversation_nothing',
  'conversation_mentions_only',
  'quiet_hours',
  'digest',
  'hourly_cap',
  'grouped',
  'do_not_disturb',
  'no_device',
  'no_address',
]);
export type DecisionReason = z.infer<typeof decisionReason>;

/** The decision about one event for one user: by channel, with the reason. */
export const notificationDecision = z.object({
  id,
  at: instant,
  type: notificationType,
  cause: notificationCause,
  notificationId: id.nullable().meta({ description: 'null if none was created' }),
  title: z.string().nullable().meta({ description: 'Title of the notification, while it exists' }),
  workspaceId: id.nullable(),
  conversationId: id.nullable(),
  taskId: id.nullable(),
  channels: z.array(
    z.object({
      channel: notificationChannel,
      used: z.boolean(),
      reason: decisionReason,
      plannedFor: instant.nullable().meta({ description: 'When to send it, for mail and push' }),
      state: z
        .enum(['planned', 'claimed', 'sent', 'failed', 'withdrawn', 'unknown'])
        .nullable()
        .meta({ description: 'Outcome of the mail or push message; null if none was planned' }),
      detail: z
        .string()
        .nullable()
        .meta({ description: 'The reason for the state, such as the answer of a mail server' }),
      failedMailId: id.nullable().meta({ description: 'A failed mail that you can send again' }),
    }),
  ),
});
export type NotificationDecision = z.infer<typeof notificationDecision>;
