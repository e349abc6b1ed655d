import { createContext, type MouseEvent, useContext } from 'react';

/** Navigates to a URL of the app without reloading the page. */
export type Navigate = (to: string, options?: { replace?: boolean }) => void;

const NavigateContext = createContext<Navigate>((to) => location.assign(to));

export const NavigateProvider = NavigateContext.Provider;

export const useNavigate = (): Navigate => useContext(NavigateContext);

/** True if the browser handles a click on a link itself: a new tab, a download. */
export function isBrowsersClick({ altKey, button, ctrlKey, defaultPrevented, metaKey, shiftKey }: MouseEvent): boolean {
  return defaultPrevented || button !== 0 || altKey || ctrlKey || metaKey || shiftKey;
}
