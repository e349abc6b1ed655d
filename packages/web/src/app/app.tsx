import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { RouterProvider } from '@tanstack/react-router';
import { LiveProvider } from '../live/live-provider.tsx';
import { UiRoot } from '../ui/ui-root.tsx';
import { router } from './routes.tsx';

/** The whole app. */
export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <LiveProvider>
        <UiRoot>
          <RouterProvider router={router} />
        </UiRoot>
      </LiveProvider>
    </I18nProvider>
  );
}
