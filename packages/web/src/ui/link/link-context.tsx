import { createContext, type MouseEvent, useContext } from 'react';

/** Follows an address of the app without loading the page anew. */
export type Navigate = (to: string, options?: { replace?: boolean }) => void;

const NavigateContext = createContext<Navigate>((to) => location.assign(to));

export const NavigateProvider = NavigateContext.Provider;

export const useNavigate = (): Navigate => useContext(NavigateContext);

/** True when the browser has something of its own to do with a click on a link: a new tab, a download. */
export function isBrowsersClick({ altKey, button, ctrlKey, defaultPrevented, metaKey, shiftKey }: MouseEvent): boolean {
  return defaultPrevented || button !== 0 || altKey || ctrlKey || metaKey || shiftKey;
}
