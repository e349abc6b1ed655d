import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

const pages = () => import('./pages/order-pages.tsx');

/** The routes of orders, inside the frame. */
export function orderRoutes<Parent extends AnyRoute>(parent: Parent) {
  const below = () => parent;
  return [
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/desk',
      component: lazyRouteComponent(pages, 'DeskPage'),
    }),
    createRoute({
      getParentRoute: below,
      path: '/w/$workspaceId/desk/$orderId',
      component: lazyRouteComponent(pages, 'DeskOrderPage'),
    }),
    createRoute({ getParentRoute: below, path: '/orders', component: lazyRouteComponent(pages, 'MyOrdersPage') }),
    createRoute({ getParentRoute: below, path: '/orders/$orderId', component: lazyRouteComponent(pages, 'OrderPage') }),
  ];
}
