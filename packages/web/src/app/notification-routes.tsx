import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readNotificationFilters } from '../features/notifications/index.ts';

const pages = () => import('./pages/notification-pages.tsx');

/** The routes of notifications, inside the frame. */
export function notificationRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  return [
    createRoute({
      getParentRoute: below,
      path: '/inbox/notifications',
      validateSearch: readNotificationFilters,
      component: lazyRouteComponent(pages, 'NotificationsPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/inbox/notifications/reasons',
      validateSearch: ({ of }: Record<string, unknown>) => (typeof of === 'string' ? { of } : {}),
      component: lazyRouteComponent(pages, 'ReasonsPage'),
    }),
  ];
}
