import type { AnyRouter } from '@tanstack/react-router';

/** How long the content of a page may take until it is as long as it was, in milliseconds. */
const PATIENCE_MS = 3_000;
/** Pages of the past whose position is known. */
const MAX_PAGES = 100;
/** The element that scrolls; a history of messages has its own place to begin. */
const SCROLLS = '[data-scrolls]';

/** Where each page of the history of this tab was scrolled to, by the key of its entry. */
const known = new Map<string, number>();

/** Lets "back" and "forward" return to where a page was scrolled to. */
export function keepScroll(router: AnyRouter): void {
  let stop: (() => void) | undefined;
  router.subscribe('onBeforeNavigate', ({ fromLocation }) => {
    stop?.();
    const key = fromLocation?.state.__TSR_key;
    const top = document.querySelector(SCROLLS)?.scrollTop;
    if (key === undefined || top === undefined) return;
    known.delete(key);
    known.set(key, top);
    const [oldest] = known.keys();
    if (known.size > MAX_PAGES && oldest !== undefined) known.delete(oldest);
  });
  router.subscribe('onRendered', ({ toLocation, fromLocation }) => {
    const key = toLocation.state.__TSR_key;
    const top = key === fromLocation?.state.__TSR_key ? undefined : known.get(key ?? '');
    if (top) stop = scrollTo(top);
  });
}

/** Scrolls as soon as the page is long enough, unless somebody scrolls first. @returns gives up */
function scrollTo(top: number): () => void {
  const controller = new AbortController();
  const giveUp = () => controller.abort();
  for (const act of ['wheel', 'touchstart', 'keydown', 'pointerdown']) {
    addEventListener(act, giveUp, { capture: true, passive: true, signal: controller.signal });
  }
  const until = performance.now() + PATIENCE_MS;
  const look = () => {
    if (controller.signal.aborted) return;
    const element = document.querySelector(SCROLLS);
    if (element && element.scrollHeight - element.clientHeight >= top) {
      element.scrollTop = top;
      giveUp();
    } else if (performance.now() < until) requestAnimationFrame(look);
    else giveUp();
  };
  look();
  return giveUp;
}
