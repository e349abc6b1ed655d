import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readAuditFilters, readMailFilters, readUserFilters, readWorkspaceFilters } from '../features/admin/index.ts';

const pages = () => import('./pages/admin-pages.tsx');

/** The routes of the administration, inside the frame. */
export function adminRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  return [
    createRoute({
      getParentRoute: below,
      path: '/admin',
      beforeLoad: () => {
        redirect({ href: '/admin/overview', replace: true, throw: true });
      },
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/overview',
      component: lazyRouteComponent(pages, 'AdminOverviewPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/workspaces',
      validateSearch: readWorkspaceFilters,
      component: lazyRouteComponent(pages, 'AdminWorkspacesPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/workspaces/$workspaceId',
      component: lazyRouteComponent(pages, 'AdminWorkspacePage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/users',
      validateSearch: readUserFilters,
      component: lazyRouteComponent(pages, 'UsersPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/audit',
      validateSearch: readAuditFilters,
      component: lazyRouteComponent(pages, 'AuditPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/mail',
      validateSearch: readMailFilters,
      component: lazyRouteComponent(pages, 'MailPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/checks',
      component: lazyRouteComponent(pages, 'AdminChecksPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/admin/settings',
      component: lazyRouteComponent(pages, 'AdminSettingsPage'),
    }),
  ];
}
