import { isPageAddress } from './addresses.ts';
import { readPushMessage } from './push-message.ts';

/**
 * The service worker: the app starts from here without a connection, always with all files of one version, and shows
 * push messages. What the API answers is never kept here.
 */
declare const self: ServiceWorkerGlobalScope;

/** Filled in by the build: the files of the app, and a name that changes with them. */
declare const __APP_FILES__: readonly string[];
declare const __APP_VERSION__: string;

const PREFIX = 'atrium-app-';
const CACHE = PREFIX + __APP_VERSION__;
const PAGE = '/';
/** The same file is asked for with and without an origin, which the server names in `Vary`. */
const SAME = { ignoreVary: true };

async function keepFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await cache.add(new Request(PAGE, { cache: 'reload', headers: { accept: 'text/html' } }));
  await cache.addAll(__APP_FILES__);
}

/** Other versions go once no page uses them any more. */
async function dropOthers(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== CACHE).map((name) => caches.delete(name)),
  );
}

/** The page of this version, whatever the address: the app finds out by itself what belongs there. */
async function page(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  return (await cache.match(PAGE, SAME)) ?? fetch(request);
}

/** Names of files change with their content, so what is here is never out of date. */
async function file(request: Request): Promise<Response> {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(request, SAME);
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

self.addEventListener('install', (event) => event.waitUntil(keepFiles()));
self.addEventListener('activate', (event) => event.waitUntil(dropOthers().then(() => self.clients.claim())));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (pathname.startsWith('/web/')) event.respondWith(file(request));
  else if (request.mode === 'navigate' && isPageAddress(pathname)) event.respondWith(page(request));
});

/** Shows a push message. Browsers want every one of them shown, whatever it says. */
async function show(text: string): Promise<void> {
  const message = readPushMessage(text);
  const { id, title, body, link, unread } = message ?? { title: 'Atrium', body: '', link: PAGE, unread: 0 };
  await self.registration.showNotification(title, {
    body,
    ...(id !== undefined && { tag: id }),
    icon: '/web/icon-192-a.png',
    data: link,
  });
  if (message) await self.navigator.setAppBadge?.(unread);
}

/** Opens what a message is about: in a window of the app that is there, else in a new one. */
async function open(path: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' });
  const window = windows.find(({ focused }) => focused) ?? windows[0];
  if (!window) {
    await self.clients.openWindow(path);
    return;
  }
  window.postMessage({ open: path });
  await window.focus();
}

self.addEventListener('push', (event) => event.waitUntil(show(event.data?.text() ?? '')));
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open(String(event.notification.data)));
});

// The page asks for it once the person agrees, or nobody looks at it.
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
});
