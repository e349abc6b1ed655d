import { z } from 'zod';
import { operation, operationGroup } from '../core/operation.ts';
import { cursor, id, instant, limit, nothing, page } from '../core/primitives.ts';
import { notificationSizes } from './limits.ts';
import { notification, notificationDecision, notificationType } from './notification.ts';
import {
  conversationLevel,
  conversationNotifications,
  mailKind,
  notificationPreferences,
  preferenceChanges,
} from './preferences.ts';

const unreadCount = z.object({ unread: z.int().meta({ description: 'At most 1000' }) });

/** Notifications, preferences, and the reasons for notifications. */
export const notifications = operationGroup('notifications', {
  list: operation({
    summary: 'List your notifications',
    description: 'Most recent first.',
    method: 'GET',
    path: '/notifications',
    access: 'user',
    limit: 'user',
    input: z.strictObject({
      limit,
      cursor: cursor.optional(),
      type: notificationType.optional(),
      workspaceId: id.optional(),
      unread: z
        .stringbool()
        .or(z.boolean())
        .optional()
        .meta({ description: 'true: only unread ones; false: only read ones' }),
    }),
    output: page(notification),
  }),
  unreadCount: operation({
    summary: 'Count your unread notifications',
    method: 'GET',
    path: '/notifications/unread-count',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: unreadCount,
  }),
  read: operation({
    summary: 'Mark a notification as read',
    description: 'Unsent mails and push messages about it are withdrawn.',
    method: 'PATCH',
    path: '/notifications/:notificationId/read',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ notificationId: id }),
    output: unreadCount,
    errors: ['not_found'],
  }),
  readAll: operation({
    summary: 'Mark all notifications as read',
    method: 'PATCH',
    path: '/notifications/read-all',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: unreadCount,
  }),
  decisions: operation({
    summary: 'See why you were notified or not',
    description: 'One item for each event of the last 30 days, most recent first, with a reason for each channel.',
    method: 'GET',
    path: '/notifications/decisions',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ limit, cursor: cursor.optional(), notificationId: id.optional() }),
    output: page(notificationDecision),
  }),
  resendMail: operation({
    summary: 'Send a failed mail about a notification again',
    description: 'With the id from `GET /notifications/decisions`. It is retried for another day.',
    method: 'POST',
    path: '/notifications/mails/:mailId/resend',
    access: 'user',
    limit: 'user',
    input: z.strictObject({ mailId: id }),
    output: nothing,
    errors: ['not_found'],
  }),
  preferences: operation({
    summary: 'Get your notification preferences',
    method: 'GET',
    path: '/notifications/preferences',
    access: 'user',
    limit: 'user',
    input: z.strictObject({}),
    output: notificationPreferences,
  }),
  updatePreferences: operation({
    summary: 'Update your notification preferences',
    description: 'Fields that are not given keep their value.',
    method: 'PATCH',
    path: '/notifications/preferences',
    access: 'user',
    limit: 'user',
    example: { digest: { mode: 'daily', time: '08:00' } },
    input: preferenceChanges,
    output: notificationPreferences,
  }),
  unsubscribe: operation({
    summary: 'Stop mails of one kind without signing in',
    description:
      'With the token of the link in such a mail. Mail programs post a form to the link itself, as described in RFC 8058.',
    method: 'POST',
    path: '/notifications/unsubscribe',
    access: 'public',
    limit: 'public',
    example: { token: 'from-the-link-in-the-mail' },
    input: z.strictObject({ token: z.string().min(1).max(200) }),
    output: z.object({ kind: mailKind }),
    errors: ['not_found'],
  }),
  setConversation: operation({
    summary: 'Set your notification level for a conversation',
    description: '`level` null restores the default.',
    method: 'PUT',
    path: '/notifications/conversations/:conversationId',
    access: 'conversation:member',
    limit: 'user',
    example: { level: 'mentions' },
    input: z.strictObject({
      conversationId: id,
      level: conversationLevel.nullable(),
      until: instant.nullable().default(null),
    }),
    output: conversationNotifications,
    errors: ['conflict'],
  }),
  view: operation({
    summary: 'Report what you are looking at',
    description:
      'Conversations, threads (by their first message) and tasks in a focused, visible window: nothing about them is pushed or mailed meanwhile, except reminders by mail. Replaces the previous report; an empty list means nothing. It applies to the connection that calls it or, when called over REST, to all open connections of the session, and ends with them.',
    method: 'PUT',
    path: '/notifications/viewing',
    event: 'notifications:view',
    access: 'user',
    limit: 'user',
    example: { ids: [] },
    input: z.strictObject({ ids: z.array(id).max(notificationSizes.viewed) }),
    output: nothing,
  }),
});
