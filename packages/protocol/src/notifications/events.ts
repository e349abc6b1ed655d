import { z } from 'zod';
import { event } from '../core/event.ts';
import { id } from '../core/primitives.ts';
import { notification } from './notification.ts';
import { conversationNotifications, notificationPreferences } from './preferences.ts';

const unread = z.int().meta({ description: 'Unread notifications afterwards, at most 1000' });

export const notificationEvents = {
  notification: event({
    summary: 'You have a new notification, or one with another event',
    on: ['user'],
    data: z.object({ notification, unread }),
  }),
  'notification:read': event({
    summary: 'You read notifications, on any device',
    on: ['user'],
    data: z.object({ ids: z.array(id).nullable().meta({ description: 'Null: all' }), unread }),
  }),
  'notification:removed': event({
    summary: 'Notifications were deleted, because their subject was deleted',
    on: ['user'],
    data: z.object({ ids: z.array(id), unread }),
  }),
  'notification:preferences': event({
    summary: 'Your notification preferences changed',
    on: ['user'],
    data: z.object({ preferences: notificationPreferences }),
  }),
  'notification:conversation': event({
    summary: 'Your notification level for a conversation changed',
    on: ['user'],
    data: conversationNotifications,
  }),
} as const;
