import { type AnyRoute, createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readPeriod } from '../features/analytics/index.ts';

const account = () => import('./pages/account.tsx');
const workspace = () => import('./pages/workspace-settings.tsx');
const webhooks = () => import('./pages/webhook-pages.tsx');

/** The routes of account and workspace settings, inside the frame. */
export function settingsRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  const accountPart = (part: string, component: keyof Awaited<ReturnType<typeof account>>) =>
    createRoute({ getParentRoute: below, path: `/account/${part}`, component: lazyRouteComponent(account, component) });
  const workspacePart = (part: string, component: keyof Awaited<ReturnType<typeof workspace>>) =>
    createRoute({
      getParentRoute: below,
      path: `/w/$workspaceId/settings/${part}`,
      component: lazyRouteComponent(workspace, component),
    });
  return [
    createRoute({
      getParentRoute: below,
      path: '/account',
      beforeLoad: () => {
        redirect({ href: '/account/profile', replace: true, throw: true });
      },
    }),
    accountPart('profile', 'ProfilePage'),
    accountPart('appearance', 'AppearancePage'),
    accountPart('notifications', 'NotificationSettingsPage'),
    accountPart('security', 'SecurityPage'),
    accountPart('devices', 'DevicesPage'),
    accountPart('tokens', 'TokensPage'),
    accountPart('data', 'DataPage'),
    workspacePart('general', 'GeneralPage'),
    workspacePart('people', 'PeoplePage'),
    workspacePart('invites', 'InvitesPage'),
    workspacePart('bots', 'BotsPage'),
    workspacePart('retention', 'RetentionPage'),
    ...(
      [
        ['webhooks', 'WebhooksPage'],
        ['endpoints', 'EndpointsPage'],
        ['endpoints/$endpointId', 'EndpointPage'],
      ] as const
    ).map(([part, component]) =>
      createRoute({
        getParentRoute: below,
        path: `/w/$workspaceId/settings/${part}`,
        component: lazyRouteComponent(webhooks, component),
      }),
    ),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/settings/analytics',
      validateSearch: readPeriod,
      component: lazyRouteComponent(() => import('./pages/workspace-analytics-page.tsx'), 'WorkspaceAnalyticsPage'),
    }),
  ];
}
