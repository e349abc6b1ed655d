export const notificationSizes = {
  /** Unread notifications are counted up to this number. */
  unreadNotifications: 1_000,
  /** Conversations for which one user sets a level. */
  conversationLevels: 1_000,
  /** Devices of one user that get push messages. */
  pushDevices: 20,
  /** Conversations, threads and tasks that one window shows. */
  viewed: 8,
} as const;
