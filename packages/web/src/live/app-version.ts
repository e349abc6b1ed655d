import { useSyncExternalStore } from 'react';

/**
 * The service worker of the app: it caches the files of one version, and a new version waits until this page agrees, or
 * is hidden without unsaved input.
 */

let waiting: ServiceWorker | null = null;
const listeners = new Set<() => void>();
/** How often a new version is looked for, besides at each navigation. */
const LOOK_EVERY_MS = 60 * 60_000;

/** Lets the app start without a connection. Browsers without service workers skip this. */
export function keepAppHere(): void {
  if (!('serviceWorker' in navigator)) return;
  if (document.readyState === 'complete') void register();
  else addEventListener('load', () => void register(), { once: true });
}

async function register(): Promise<void> {
  const hadOne = navigator.serviceWorker.controller !== null;
  const registration = await navigator.serviceWorker
    .register(addressOfWorker(), { updateViaCache: 'none' })
    // The server is not available: uses the worker of an earlier visit, if any.
    .catch(() => navigator.serviceWorker.getRegistration());
  if (!registration) return;
  watch(registration);
  setInterval(() => void registration.update().catch(() => undefined), LOOK_EVERY_MS);
  if (hadOne) navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && waiting && !isHalfTyped()) takeNewVersion();
  });
}

/** The only script URL that the page's policy allows as text. */
function addressOfWorker(): string {
  const address = '/sw.js';
  if (!('trustedTypes' in window)) return address;
  const { createPolicy } = window.trustedTypes as TrustedTypes;
  const policy = createPolicy.call(window.trustedTypes, 'atrium', { createScriptURL: () => address });
  return policy.createScriptURL(address) as unknown as string;
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): object };
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = () => {
    if (waiting === registration.waiting || !navigator.serviceWorker.controller) return;
    waiting = registration.waiting;
    for (const listener of listeners) listener();
  };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  look();
}

/** Whether a field has content; drafts of messages are saved, but cannot be told apart here. */
function isHalfTyped(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement>(
    'textarea, input:not([type=checkbox], [type=radio], [type=search], [type=hidden], [type=file])',
  );
  return [...fields].some(({ value }) => value.trim() !== '');
}

/** Activates the new version and reloads the page. */
export function takeNewVersion(): void {
  waiting?.postMessage('take-over');
}

/** Whether a new version of the app is waiting. */
export function useNewVersion(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => waiting !== null,
  );
}
