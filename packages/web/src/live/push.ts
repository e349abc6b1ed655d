import { useCallback, useEffect, useState } from 'react';
import { client } from './client.ts';
import { registrationHere } from './pushed-messages.ts';
import { queries } from './queries.ts';

/** Push messages to this browser: requested only after a click, removed with the session. */

/** What the server knows of this browser. */
interface Kept {
  id: string;
  endpoint: string;
}

const KEPT = 'atrium:push';

function kept(): Kept | undefined {
  return JSON.parse(localStorage.getItem(KEPT) ?? 'null') ?? undefined;
}

/** Registers this browser's subscription with the server. */
async function subscribe(registration: ServiceWorkerRegistration, device: string): Promise<void> {
  const { publicKey } = await client.call('push.key', {});
  // A subscription with an earlier key of the server would get nothing.
  await (await registration.pushManager.getSubscription())?.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const { endpoint = '', keys = {} } = (await registration.pushManager.subscribe(options)).toJSON();
  const { p256dh = '', auth = '' } = keys;
  const input = { endpoint, keys: { p256dh, auth }, publicKey, device };
  const { id } = await client.call('push.subscribe', input);
  localStorage.setItem(KEPT, JSON.stringify({ id, endpoint } satisfies Kept));
}

/** Whether this browser shows push messages, and why not. */
export type PushStatus = 'unknown' | 'unsupported' | 'off' | 'denied' | 'on';

async function statusHere(): Promise<PushStatus> {
  const registration = await registrationHere();
  if (!registration) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const subscription = await registration.pushManager.getSubscription();
  return Notification.permission === 'granted' && subscription && kept() ? 'on' : 'off';
}

/** Push messages to this browser, for the settings. */
export function usePush() {
  const [status, setStatus] = useState<PushStatus>('unknown');
  const look = useCallback(async () => setStatus(await statusHere()), []);
  useEffect(() => void look(), [look]);
  return {
    status,
    /** The device that is this browser. */
    deviceId: kept()?.id,
    /** Asks for permission and subscribes. Call it only in response to a click. Throws any failure. */
    turnOn: async (device: string) => {
      const registration = await registrationHere();
      if (registration && (await Notification.requestPermission()) === 'granted') {
        await subscribe(registration, device);
        await queries.invalidateQueries({ queryKey: ['push.list'] });
      }
      await look();
    },
    /** Removes a device; this browser unsubscribes as well. Throws AtriumError. */
    remove: async (id: string) => {
      await client.call('push.unsubscribe', { subscriptionId: id });
      if (id === kept()?.id) await forgetPush();
      await queries.invalidateQueries({ queryKey: ['push.list'] });
      await look();
    },
  };
}

/** Unsubscribes this browser without telling the server, which has removed the subscription. */
export async function forgetPush(): Promise<void> {
  localStorage.removeItem(KEPT);
  const registration = await registrationHere();
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** Before signing out: the next user of this browser must not get my messages. */
export async function stopPush(): Promise<void> {
  const id = kept()?.id;
  if (id === undefined) return;
  await client.call('push.unsubscribe', { subscriptionId: id }).catch(() => undefined);
  await forgetPush().catch(() => undefined);
}
