/** The part of a page that tells when somebody is back. */
interface Page {
  addEventListener?(type: string, listener: () => void): void;
  removeEventListener?(type: string, listener: () => void): void;
  visibilityState?: string;
  hasFocus?(): boolean;
}

/**
 * Calls back when a page is no longer looked at, and may end without another word. Elsewhere it never does.
 * @returns stops
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
 * Calls back when a page is looked at again or the machine is back on the network. Elsewhere it never does.
 * @returns stops
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

/** Whether a page is visible and has the focus. Elsewhere, somebody always looks. */
export function isLookedAt(): boolean {
  const { document } = globalThis as { document?: Page };
  return !document || (document.visibilityState !== 'hidden' && (document.hasFocus?.() ?? true));
}

/**
 * Calls back when `isLookedAt` may have changed. Elsewhere it never does.
 * @returns stops
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
