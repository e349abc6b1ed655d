/** The events of a page that are used here. */
interface Page {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
  visibilityState?: string;
  hasFocus?(): boolean;
}

/**
 * Calls back when a page becomes hidden, and may end without further notice. Outside of browsers it never does.
 * @returns a function that stops it
 */
export function onHide(hide: () => void): () => void {
  const { document } = globalThis as { document?: Page };
  if (!document) return () => {};
  const hidden = () => {
    if (document.visibilityState === 'hidden') hide();
  };
  document.addEventListener?.('visibilitychange', hidden);
  return () => document.removeEventListener?.('visibilitychange', hidden);
}

/**
 * Calls back when a page becomes visible or the machine is online again. Outside of browsers it never does.
 * @returns a function that stops it
 */
export function onWake(wake: () => void): () => void {
  const { document } = globalThis as { document?: Page };
  const page = globalThis as Page;
  if (!document) return () => {};
  const seen = () => {
    if (document.visibilityState === 'visible') wake();
  };
  document.addEventListener?.('visibilitychange', seen);
  page.addEventListener?.('online', wake);
  return () => {
    document.removeEventListener?.('visibilitychange', seen);
    page.removeEventListener?.('online', wake);
  };
}

/** Whether a page is visible and has the focus. Outside of browsers always true. */
export function isLookedAt(): boolean {
  const { document } = globalThis as { document?: Page };
  return !document || (document.visibilityState !== 'hidden' && (document.hasFocus?.() ?? true));
}

/**
 * Calls back when `isLookedAt` may have changed. Outside of browsers it never does.
 * @returns a function that stops it
 */
export function onLook(changed: () => void): () => void {
  const { document } = globalThis as { document?: Page };
  const page = globalThis as Page;
  if (!document) return () => {};
  document.addEventListener?.('visibilitychange', changed);
  for (const type of ['focus', 'blur']) page.addEventListener?.(type, changed);
  return () => {
    document.removeEventListener?.('visibilitychange', changed);
    for (const type of ['focus', 'blur']) page.removeEventListener?.(type, changed);
  };
}
