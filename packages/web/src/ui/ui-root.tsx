import { CSPProvider } from '@base-ui/react/csp-provider';
import { type ReactNode, useEffect } from 'react';
import { preloadPopups } from './popups.ts';
import { ToastLayer } from './toast/toast-layer.tsx';
import { TooltipLayer } from './tooltip/tooltip-layer.tsx';

/** Wraps the whole app: the tooltip, the toasts, and the settings of the library that the page's policy requires. */
export function UiRoot({ children }: { children: ReactNode }) {
  useEffect(() => {
    const preload = () => void preloadPopups().catch(() => undefined);
    if ('requestIdleCallback' in window) {
      const idle = requestIdleCallback(preload, { timeout: 5_000 });
      return () => cancelIdleCallback(idle);
    }
    const timer = setTimeout(preload, 2_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <CSPProvider disableStyleElements>
      {children}
      <TooltipLayer />
      <ToastLayer />
    </CSPProvider>
  );
}
