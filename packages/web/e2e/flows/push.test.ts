import type { CDPSession, Page } from '@playwright/test';
import { expect, it } from 'vitest';
import {
  startTestPushService,
  type TestDevice,
  type TestPushService,
} from '../../../server/src/platform/push/test-push-service.ts';
import { garden } from '../garden.ts';
import { inBrowser } from '../people.ts';
import { see } from '../see.ts';

/** Debian's Chromium has no push service: the one of the tests stands at the other end of its subscription. */
async function subscribeAt(page: Page, { target: { endpoint, p256dh, auth } }: TestDevice): Promise<void> {
  await page.addInitScript(
    (json) => {
      let isOn = false;
      const unsubscribe = async () => {
        isOn = false;
        return true;
      };
      const subscription = { toJSON: () => json, unsubscribe };
      PushManager.prototype.getSubscription = async () => (isOn ? (subscription as unknown as PushSubscription) : null);
      PushManager.prototype.subscribe = async () => {
        isOn = true;
        return subscription as unknown as PushSubscription;
      };
    },
    { endpoint, keys: { p256dh, auth } },
  );
}

/** Hands messages of the push service to the service worker, as the browser does. */
async function delivery(page: Page, origin: string): Promise<(text: string) => Promise<void>> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const found = new Promise<string>((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [own] = registrations;
      if (own) resolve(own.registrationId);
    });
  });
  await session.send('ServiceWorker.enable');
  const registrationId = await found;
  return async (data) => {
    await session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data });
  };
}

declare const NotificationEvent: new (type: string, init: { notification: Notification | undefined }) => Event;

const received = (service: TestPushService, count: number) =>
  expect.poll(() => service.received.length, { timeout: 60_000 }).toBe(count);

it('shows a push message once I have asked for it, opens what it is about, and closes it when it is read', async () => {
  const service = await startTestPushService();
  try {
    await inBrowser(
      async ({ server, visit }) => {
        const { people, workspaceId } = await garden(server, 'Ann Weber', 'Ben Koch');
        const [ann, ben] = people as [(typeof people)[0], (typeof people)[0]];
        const { page, context, signIn } = await visit('Ben', {
          serviceWorkers: 'allow',
          permissions: ['notifications'],
        });
        await subscribeAt(page, service.device());
        await signIn(ben);
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
        await page.goto(`${server.origin}/account/notifications`);
        await page.getByRole('button', { name: 'Turn on for this browser' }).click();
        await see(page.getByText('This browser', { exact: true })).toBeVisible();
        const deliver = await delivery(page, server.origin);

        // The app is open, and shows something else.
        await page.goto(`${server.origin}/today`);
        const title = 'Repot the lemon trees';
        const { id } = await ann.call('tasks.create', { workspaceId, title, memberIds: [ben.userId] });
        await received(service, 1);
        await see(page.getByRole('link', { name: 'Notifications 1 unread notification' })).toBeVisible();
        await deliver(service.received[0]?.text ?? '');
        const [worker] = context.serviceWorkers();
        if (!worker) throw new Error('There is no service worker');
        const shown = () =>
          worker.evaluate(async () => {
            const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
            return (await registration.getNotifications()).map((each) => [each.title, each.body]);
          });
        await expect.poll(shown).toEqual([['Task assigned to you', `Ann Weber assigned you: ${title}`]]);
        await ben.call('notifications.readAll', {});
        await expect.poll(shown).toEqual([]);

        await deliver(service.received[0]?.text ?? '');
        await expect.poll(async () => (await shown()).length).toBe(1);
        await worker.evaluate(async () => {
          const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
          const [notification] = await registration.getNotifications();
          self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
        });
        await page.waitForURL(`${server.origin}/tasks/${id}`);
        await expect.poll(shown).toEqual([]);

        // Now the task is on the screen: nothing about it is sent, until another screen is.
        await ben.call('users.updateMe', { username: 'ben' });
        await see(page.getByRole('heading', { name: title })).toBeVisible();
        await ann.call('taskComments.add', { taskId: id, content: '@ben which pots?' });
        const details = async () =>
          (await ben.call('notifications.decisions', {})).items.flatMap(({ channels }) =>
            channels.flatMap(({ detail }) => detail ?? []),
          );
        await expect.poll(details, { timeout: 30_000 }).toContain('looking');
        expect(service.received).toHaveLength(1);
        await ben.call('notifications.readAll', {});
        await page.getByRole('link', { name: 'Today', exact: true }).click();
        await page.waitForURL(`${server.origin}/today`);
        await ann.call('taskComments.add', { taskId: id, content: '@ben the blue ones?' });
        await received(service, 2);
      },
      { env: { PUSH_PRIVATE_HOSTS: service.host } },
    );
  } finally {
    await service.close();
  }
}, 180_000);
