import { z } from 'zod';
import { event } from '../core/event.ts';
import { id } from '../core/primitives.ts';
import { notification } from './notification.ts';
import { conversationNotifications, notificationPreferences } from './preferences.ts';

const unread = z.int().meta({ description: 'Unread notifications afterwards, at most 1000' });

export const notificationEvents = {
  notification: event({
    summary: 'A notification for you, new or with one more event',
    on: ['user'],
    data: z.object({ notification, unread }),
  }),
  'notification:read': event({
    summary: 'You read notifications, on any device',
    on: ['user'],
    data: z.object({ ids: z.array(id).nullable().meta({ description: 'Null: all' }), unread }),
  }),
  'notification:removed': event({
    summary: 'Notifications were removed, because their subject is gone',
    on: ['user'],
    data: z.object({ ids: z.array(id), unread }),
  }),
  'notification:preferences': event({
    summary: 'You changed what notifies you',
    on: ['user'],
    data: z.object({ preferences: notificationPreferences }),
  }),
  'notification:conversation': event({
    summary: 'You changed which messages of a conversation notify you',
    on: ['user'],
    data: conversationNotifications,
  }),
} as const;
