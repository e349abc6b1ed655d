import { Outlet, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Navigate, NavigateProvider } from '../ui/link/link-context.tsx';

/** Wraps every page: makes links of the design system use the router. */
export function Root() {
  const { history } = useRouter();
  const navigate = useMemo<Navigate>(
    () => (to, options) => (options?.replace ? history.replace(to) : history.push(to)),
    [history],
  );
  return (
    <NavigateProvider value={navigate}>
      <Outlet />
    </NavigateProvider>
  );
}
