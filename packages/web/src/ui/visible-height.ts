/** Bars of browsers are lower, keyboards are higher. In CSS pixels. */
const LOWEST_KEYBOARD = 150;

/**
 * Sets `--screen-height` to what an on-screen keyboard leaves of the window. Other browsers make the page smaller by
 * themselves (`interactive-widget` in index.html); Safari on iOS lays the keyboard over it.
 * @returns stops it
 */
export function followKeyboard(): (() => void) | undefined {
  const view = window.visualViewport;
  if (!view) return undefined;
  const root = document.documentElement;
  const follow = () => {
    const isZoomed = view.scale > 1.01;
    const isCovered = !isZoomed && root.clientHeight - view.height > LOWEST_KEYBOARD;
    if (!isCovered) {
      root.style.removeProperty('--screen-height');
      return;
    }
    root.style.setProperty('--screen-height', `${view.height}px`);
    // Safari moves the page up to show the field, which is visible by itself now; a page that scrolls stays.
    if (root.scrollHeight <= root.clientHeight) window.scrollTo(0, 0);
  };
  const listening = new AbortController();
  view.addEventListener('resize', follow, listening);
  view.addEventListener('scroll', follow, listening);
  return () => listening.abort();
}
