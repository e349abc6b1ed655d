import { isOwnAddress } from '../text/own-address.ts';
import { client } from './client.ts';

const isSupported = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;

/** The service worker that shows push messages; undefined if there is none. */
export const registrationHere = async () => (isSupported() ? navigator.serviceWorker.getRegistration() : undefined);

/** Removes shown messages that were read or deleted, on any device. @returns a function that stops it */
export function closeReadMessages(): () => void {
  return client.on('event', ({ type, data }) => {
    if (type !== 'notification:read' && type !== 'notification:removed') return;
    const { ids, unread } = data as { ids: readonly string[] | null; unread: number };
    void closeShown(ids, unread);
  });
}

async function closeShown(ids: readonly string[] | null, unread: number): Promise<void> {
  const registration = await registrationHere();
  for (const shown of (await registration?.getNotifications()) ?? []) {
    if (ids === null || ids.includes(shown.tag)) shown.close();
  }
  if ('setAppBadge' in navigator) await navigator.setAppBadge(unread).catch(() => undefined);
}

/** Opens the URL of a message that the user clicked. @returns a function that stops it */
export function onPressedMessage(open: (path: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => undefined;
  const hear = ({ data }: MessageEvent) => {
    const path: unknown = (data as { open?: unknown } | null)?.open;
    if (isOwnAddress(path)) open(path);
  };
  navigator.serviceWorker.addEventListener('message', hear);
  return () => navigator.serviceWorker.removeEventListener('message', hear);
}
