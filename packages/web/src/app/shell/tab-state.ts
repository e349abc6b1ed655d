import { type RefObject, useEffect } from 'react';
import { useHasUnread, useWaitingCount } from './unread.ts';

const PLAIN_ICON = '/favicon.svg';
const MARKED_ICON = '/web/favicon-unread.svg';

/**
 * Shows in the browser tab what is open and unread: the heading of the page, with the number of unread items before it,
 * and a dot on the icon.
 */
export function useTabState(main: RefObject<HTMLElement | null>): void {
  const waiting = useWaitingCount();
  const isMarked = useHasUnread();
  useEffect(() => {
    const element = main.current;
    if (!element) return;
    const show = () => {
      const heading = element.querySelector('h1')?.textContent.trim();
      const wanted = `${waiting > 0 ? `(${waiting}) ` : ''}${heading ? `${heading} · ` : ''}Atrium`;
      if (document.title !== wanted) document.title = wanted;
    };
    show();
    const observer = new MutationObserver(show);
    observer.observe(element, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [main, waiting]);
  useEffect(() => {
    document.querySelector('link[rel=icon]')?.setAttribute('href', isMarked ? MARKED_ICON : PLAIN_ICON);
  }, [isMarked]);
}
