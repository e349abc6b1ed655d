import { z } from 'zod';
import { feature } from '../core/feature.ts';
import { notificationEvents } from './events.ts';
import { notificationSizes } from './limits.ts';
import { mails } from './mails.ts';
import { notifications } from './operations.ts';
import { conversationNotifications, notificationPreferences } from './preferences.ts';
import { push } from './push.ts';

export * from './events.ts';
export * from './mails.ts';
export * from './notification.ts';
export * from './operations.ts';
export * from './preferences.ts';
export * from './push.ts';

/** Notifications, mails and push messages. */
export const notificationsFeature = feature({
  groups: {
    notifications: {
      title: 'Notifications',
      description: 'Your notifications, their channels, and the reasons for them.',
      operations: notifications,
    },
    push: {
      title: 'Push messages',
      description: 'Messages to browsers and phones, encrypted for each device.',
      operations: push,
    },
    mails: { title: 'Mails', description: 'Mails of the instance and their delivery status.', operations: mails },
  },
  events: notificationEvents,
  sizes: notificationSizes,
  snapshot: {
    notifications: z.object({
      unread: z.int(),
      preferences: notificationPreferences,
      conversations: z.array(conversationNotifications),
    }),
  },
});
