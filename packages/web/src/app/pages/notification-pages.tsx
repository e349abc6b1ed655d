import { useSearch } from '@tanstack/react-router';
import { NotificationsScreen, ReasonsScreen, readNotificationFilters } from '../../features/notifications/index.ts';

/** My notifications. */
export function NotificationsPage() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  return <NotificationsScreen filters={readNotificationFilters(search)} />;
}

/** Why I was notified or not. */
export function ReasonsPage() {
  const { of } = useSearch({ strict: false }) as { of?: string };
  return <ReasonsScreen notificationId={of} />;
}
