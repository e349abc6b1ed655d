import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { firstScreenShown } from '../ui/quiet.ts';
import { adminRoutes } from './admin-routes.tsx';
import { productRoutes, shopRoutes } from './catalog-routes.tsx';
import { chatRoutes } from './chat-routes.tsx';
import { Broken } from './errors/broken.tsx';
import { Frame } from './frame.tsx';
import { readReturnTo, requireEmptyInstance, requireNoSession, requireSession } from './guards.ts';
import { keepScroll } from './kept-scroll.ts';
import { notificationRoutes } from './notification-routes.tsx';
import { orderRoutes } from './order-routes.tsx';
import { Root } from './root.tsx';
import { settingsRoutes } from './settings-routes.tsx';
import { taskRoutes } from './task-routes.tsx';

const rootRoute = createRootRoute({
  component: Root,
  notFoundComponent: lazyRouteComponent(() => import('./errors/not-found.tsx'), 'NotFound'),
});
const root = () => rootRoute;

const auth = () => import('./pages/auth.tsx');
const firstRun = () => import('./pages/first-run.tsx');

/** The routes for people who are not signed in. */
const outside = createRoute({
  getParentRoute: root,
  id: 'outside',
  validateSearch: readReturnTo,
  beforeLoad: requireNoSession,
});
const outsideRoutes = outside.addChildren([
  createRoute({ getParentRoute: () => outside, path: '/sign-in', component: lazyRouteComponent(auth, 'SignInPage') }),
  // The server redirects browsers here that come back from a provider without a session.
  createRoute({ getParentRoute: () => outside, path: '/login', component: lazyRouteComponent(auth, 'SignInPage') }),
  createRoute({ getParentRoute: () => outside, path: '/sign-up', component: lazyRouteComponent(auth, 'SignUpPage') }),
  createRoute({
    getParentRoute: () => outside,
    path: '/welcome',
    beforeLoad: requireEmptyInstance,
    component: lazyRouteComponent(firstRun, 'WelcomePage'),
  }),
]);

/** The targets of links in mails, with or without a session. */
const mailed = [
  createRoute({
    getParentRoute: root,
    path: '/forgot-password',
    component: lazyRouteComponent(auth, 'ForgotPasswordScreen'),
  }),
  createRoute({
    getParentRoute: root,
    path: '/reset-password',
    component: lazyRouteComponent(auth, 'ResetPasswordScreen'),
  }),
  createRoute({
    getParentRoute: root,
    path: '/reopen-sign-in',
    component: lazyRouteComponent(auth, 'ReopenSignInScreen'),
  }),
];

/** Steps for a signed-in user, without the frame. */
const steps = createRoute({
  getParentRoute: root,
  id: 'steps',
  validateSearch: readReturnTo,
  beforeLoad: requireSession,
});
const stepRoutes = steps.addChildren([
  createRoute({
    getParentRoute: () => steps,
    path: '/verify-email',
    component: lazyRouteComponent(auth, 'VerifyEmailPage'),
  }),
  createRoute({ getParentRoute: () => steps, path: '/join', component: lazyRouteComponent(auth, 'JoinPage') }),
  createRoute({
    getParentRoute: () => steps,
    path: '/new-workspace',
    component: lazyRouteComponent(firstRun, 'NewWorkspacePage'),
  }),
  createRoute({
    getParentRoute: () => steps,
    path: '/welcome/workspace',
    component: lazyRouteComponent(firstRun, 'FirstWorkspacePage'),
  }),
  createRoute({
    getParentRoute: () => steps,
    path: '/welcome/people/$workspaceId',
    component: lazyRouteComponent(firstRun, 'InvitePeoplePage'),
  }),
]);

/** All routes inside the frame. */
const frame = createRoute({ getParentRoute: root, id: 'frame', beforeLoad: requireSession, component: Frame });
const frameRoutes = frame.addChildren([
  createRoute({
    getParentRoute: () => frame,
    path: '/',
    beforeLoad: () => {
      redirect({ href: '/today', replace: true, throw: true });
    },
  }),
  createRoute({
    getParentRoute: () => frame,
    path: '/today',
    component: lazyRouteComponent(() => import('./pages/today-page.tsx'), 'TodayPage'),
  }),
  ...chatRoutes(frame),
  ...notificationRoutes(frame),
  ...taskRoutes(frame),
  ...settingsRoutes(frame),
  ...productRoutes(frame),
  ...orderRoutes(frame),
  ...adminRoutes(frame),
]);

/** All components of the design system. */
const galleryRoute = createRoute({
  getParentRoute: root,
  path: '/gallery',
  component: lazyRouteComponent(() => import('../gallery/gallery.tsx'), 'Gallery'),
});

/** All routes of the app. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    ...[outsideRoutes, ...mailed, ...shopRoutes(rootRoute)],
    ...[stepRoutes, frameRoutes, galleryRoute],
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  // A page of something else starts anew; an aside that opens beside it leaves it as it is.
  defaultRemountDeps: ({ params }) => params,
  defaultErrorComponent: ({ error, reset }) => <Broken error={error} onRetry={reset} />,
});

keepScroll(router);

/** Loads the code of the screen at the address in the browser, before the router knows whether it may be shown. */
export async function preloadScreen(): Promise<void> {
  const [matched] = router.getMatchedRoutes(location.pathname);
  await Promise.all(matched.map(async (route) => router.loadRouteChunk(route)));
}

// Only once: later screens are not the first one.
const stopWatching = router.subscribe('onResolved', () => {
  stopWatching();
  firstScreenShown();
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
