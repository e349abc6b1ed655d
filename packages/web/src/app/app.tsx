import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { RouterProvider } from '@tanstack/react-router';
import { UiRoot } from '../ui/ui-root.tsx';
import { router } from './routes.tsx';

i18n.loadAndActivate({ locale: 'en', messages: {} });

/** The whole app. */
export function App() {
  return (
    <I18nProvider i18n={i18n}>
      <UiRoot>
        <RouterProvider router={router} />
      </UiRoot>
    </I18nProvider>
  );
}
