import type { LiveEvent } from '@atrium/client';
import type { Player } from './cast.ts';

const AHEAD_MS = 2_000;
const WITHIN_MS = 20_000;

/** A reminder as it came. */
export interface Reminded {
  text: string;
  /** How long after its time. */
  lateMs: number;
  /** Why it was shown, as the server says it. */
  reason: string;
}

/** Asks for a reminder, and waits until it has come. Throws AtriumError, or Error when it never does. */
export async function remindSoon({ client }: Player, message: string): Promise<Reminded> {
  const arrived = new Promise<LiveEvent & { type: 'notification' }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The reminder never came')), WITHIN_MS);
    const stop = client.on('event', (event: LiveEvent) => {
      if (event.type !== 'notification' || event.data.notification.cause !== 'reminder') return;
      clearTimeout(timer);
      stop();
      resolve(event);
    });
  });
  const scheduledAt = new Date(client.now() + AHEAD_MS).toISOString();
  await client.call('reminders.create', { message, scheduledAt, type: 'push' });
  const { notification } = (await arrived).data;
  const lateMs = Math.max(0, client.now() - Date.parse(scheduledAt));
  const { items } = await client.call('notifications.decisions', { notificationId: notification.id });
  const push = items[0]?.channels.find(({ channel }) => channel === 'push');
  return { text: notification.body, lateMs, reason: `${push?.used ? 'pushed' : 'not pushed'}: ${push?.reason ?? ''}` };
}
