import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { chatRoutes } from './chat-routes.tsx';
import { Home } from './home.tsx';
import { Root } from './root.tsx';

const rootRoute = createRootRoute({ component: Root });

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  component: Home,
});

/** All parts of the design system; only in development. */
const galleryRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/gallery',
  component: lazyRouteComponent(() => import('../gallery/gallery.tsx'), 'Gallery'),
});

const pages = [homeRoute, chatRoutes(rootRoute)];

/** Every address of the app. */
export const router = createRouter({
  routeTree: rootRoute.addChildren(import.meta.env.DEV ? [...pages, galleryRoute] : pages),
  defaultPreload: 'intent',
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
