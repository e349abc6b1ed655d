import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readProductFilters } from '../features/catalog/index.ts';
import { lookForSession } from './guards.ts';

const pages = () => import('./pages/catalog-pages.tsx');

/** The routes of shop management, inside the frame. */
export function productRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  return [
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/desk/products',
      validateSearch: readProductFilters,
      component: lazyRouteComponent(pages, 'ProductsPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/desk/products/new',
      component: lazyRouteComponent(pages, 'NewProductPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/desk/products/import',
      component: lazyRouteComponent(pages, 'ImportPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/desk/products/$productId',
      component: lazyRouteComponent(pages, 'ProductPage'),
    }),
  ];
}

/** The shop itself: without the frame, because it is public. */
export function shopRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  return [
    createRoute({
      getParentRoute: below,
      path: '/shop/$workspaceId',
      validateSearch: readProductFilters,
      beforeLoad: lookForSession,
      component: lazyRouteComponent(pages, 'ShopPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/shop/$workspaceId/cart',
      beforeLoad: lookForSession,
      component: lazyRouteComponent(pages, 'CartPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/shop/$workspaceId/$productId',
      beforeLoad: lookForSession,
      component: lazyRouteComponent(pages, 'ItemPage'),
    }),
  ];
}
