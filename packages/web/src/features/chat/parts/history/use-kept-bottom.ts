import { type RefObject, useEffect } from 'react';

/**
 * Keeps what stands at the lower edge of a list where it is when the list becomes lower or higher: by an on-screen
 * keyboard, by a longer text in the composer, by a banner. Browsers keep the upper edge, which would hide the newest.
 */
export function useKeptBottom(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => ({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
    let known = look();
    const scrolled = () => {
      if (element.clientHeight === known.height) known.top = element.scrollTop;
    };
    const observer = new ResizeObserver(() => {
      const { top, height, width } = look();
      // At the end, a higher list has been moved up by the browser already.
      const isMoved = top >= element.scrollHeight - height - 1;
      const before = isMoved ? Math.max(known.top, top) : top;
      // With another width all rows have other heights; nothing is known about where they stood.
      if (width === known.width && height !== known.height && known.height > 0) {
        element.scrollTop = before + known.height - height;
      }
      known = look();
    });
    observer.observe(element);
    element.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', scrolled);
    };
  }, [scroller]);
}
