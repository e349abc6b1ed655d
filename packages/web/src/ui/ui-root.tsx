import { CSPProvider } from '@base-ui/react/csp-provider';
import { type ReactNode, useEffect } from 'react';
import { useCutPaste } from './cut-paste.ts';
import { preloadPopups } from './popups.ts';
import { whenQuiet } from './quiet.ts';
import { ToastLayer } from './toast/toast-layer.tsx';
import { TooltipLayer } from './tooltip/tooltip-layer.tsx';
import { followKeyboard } from './visible-height.ts';

/** Wraps the whole app: the tooltip, the toasts, and the settings of the library that the page's policy requires. */
export function UiRoot({ children }: { children: ReactNode }) {
  useCutPaste();
  useEffect(followKeyboard, []);
  useEffect(() => {
    void whenQuiet()
      .then(preloadPopups)
      .catch(() => undefined);
  }, []);
  return (
    <CSPProvider disableStyleElements>
      {children}
      <TooltipLayer />
      <ToastLayer />
    </CSPProvider>
  );
}
