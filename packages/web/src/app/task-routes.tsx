import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readFilters } from '../features/tasks/index.ts';
import { readTimeQuery } from '../features/timesheets/index.ts';

/** The routes of tasks, time and activity, inside the frame. */
export function taskRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  return [
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/tasks',
      validateSearch: readFilters,
      component: lazyRouteComponent(() => import('./pages/task-pages.tsx'), 'TaskListPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/time',
      validateSearch: readTimeQuery,
      component: lazyRouteComponent(() => import('./pages/time-page.tsx'), 'TimePage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/you',
      component: lazyRouteComponent(() => import('./pages/progress-page.tsx'), 'ProgressPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/tasks/$taskId',
      component: lazyRouteComponent(() => import('./pages/task-pages.tsx'), 'TaskPage'),
    }),
  ];
}
