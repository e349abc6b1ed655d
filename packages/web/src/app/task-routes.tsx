import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readFilters } from '../features/tasks/index.ts';

/** The addresses of tasks, inside the frame. */
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
      path: '/tasks/$taskId',
      component: lazyRouteComponent(() => import('./pages/task-pages.tsx'), 'TaskPage'),
    }),
  ];
}
