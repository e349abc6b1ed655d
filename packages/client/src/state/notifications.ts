import type { ConversationNotifications, NotificationPreferences, Snapshot } from '@atrium/protocol';
import { type ById, byId, without } from './by-id.ts';
import type { Slice } from './slice.ts';

export interface NotificationsState {
  /** The number on the bell: the same on every device, because the server counts. */
  readonly unreadNotifications: number;
  /** null until the first snapshot. */
  readonly notificationPreferences: NotificationPreferences | null;
  /** My levels for conversations, by conversation. A level may have expired: see its `until`. */
  readonly conversationNotifications: ById<ConversationNotifications>;
}

const unreadOf = (_: NotificationsState, { unread }: { unread: number }) => ({ unreadNotifications: unread });

export const notifications = {
  empty: { unreadNotifications: 0, notificationPreferences: null, conversationNotifications: {} },
  fromSnapshot: ({ notifications: { unread, preferences, conversations } }: Snapshot): NotificationsState => ({
    unreadNotifications: unread,
    notificationPreferences: preferences,
    conversationNotifications: byId(conversations, ({ conversationId }) => conversationId),
  }),
  reducers: {
    notification: unreadOf,
    'notification:read': unreadOf,
    'notification:removed': unreadOf,
    'notification:preferences': (_, { preferences }) => ({ notificationPreferences: preferences }),
    'notification:conversation': ({ conversationNotifications: known }, choice) => ({
      conversationNotifications:
        choice.level === null ? without(known, choice.conversationId) : { ...known, [choice.conversationId]: choice },
    }),
  },
} satisfies Slice<NotificationsState>;
