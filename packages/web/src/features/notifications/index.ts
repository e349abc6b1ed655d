export { useUnreadNotifications } from './hooks.ts';
export { readNotificationFilters } from './model.ts';
export { InboxTabs } from './parts/inbox-tabs.tsx';
export { ConversationBell } from './parts/late-parts.ts';
export { RecentNotifications } from './parts/recent-notifications.tsx';
export { NotificationSettingsScreen } from './screens/notification-settings-screen.tsx';
export { NotificationsScreen } from './screens/notifications-screen.tsx';
export { ReasonsScreen } from './screens/reasons-screen.tsx';
