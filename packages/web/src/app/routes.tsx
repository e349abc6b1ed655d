import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { Home } from './home.tsx';

const rootRoute = createRootRoute();

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: Home,
});

/** Every address of the app. */
export const router = createRouter({ routeTree: rootRoute.addChildren([homeRoute]), defaultPreload: 'intent' });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
