import { type AtriumClient, createClient } from '@atrium/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';

let app: TestApp;
let url: string;
let ann: Person;
let ben: Person;
const clients: AtriumClient[] = [];

beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  [ann, ben] = [await app.person('Ann'), await app.person('Ben')];
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await ben.call('workspaces.join', { code });
});
afterAll(async () => {
  for (const client of clients) client.close();
  await app.close();
});

async function device({ accessToken, refreshToken }: Person): Promise<AtriumClient> {
  const client = createClient({ url, tokens: { accessToken, refreshToken } });
  clients.push(client);
  await client.connect();
  return client;
}

const DEVICES = 4;

it('shows the same number on every device of a user and on the server, within a second of reading on one', async () => {
  const devices = await Promise.all(Array.from({ length: DEVICES }, () => device(ben)));
  const badges = () => devices.map(({ state }) => state.unreadNotifications);
  const all = (unread: number) => Array<number>(DEVICES).fill(unread);
  const anns = await device(ann);
  let seq = 0;
  let conversationId = '';
  for (let n = 0; n < 10; n += 1) {
    ({ seq, conversationId } = (
      await anns.api.messages.send({
        toUserId: ben.userId,
        content: `Beans ${n}`,
        clientMessageId: crypto.randomUUID(),
      })
    ).message);
  }
  await expect.poll(badges).toEqual(all(1));
  const readAt = performance.now();
  devices[1]?.markRead(conversationId, seq);
  await expect.poll(badges, { interval: 20 }).toEqual(all(0));
  expect(performance.now() - readAt).toBeLessThan(1_000);
  expect(await ben.call('notifications.unreadCount', {})).toEqual({ unread: 0 });
  const late = await device(ben);
  expect(late.state.unreadNotifications).toBe(0);

  // Created, read and deleted at once: in any order of arrival, all agree in the end.
  await Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      const { message } = await anns.api.messages.send({
        conversationId,
        content: `More ${n}`,
        clientMessageId: crypto.randomUUID(),
      });
      if (n % 3 === 0) devices[n % DEVICES]?.markRead(conversationId, message.seq);
      if (n % 5 === 0) await anns.api.messages.delete({ messageId: message.id });
      if (n % 7 === 0) await ben.call('notifications.readAll', {});
    }),
  );
  const { message } = await anns.api.messages.send({
    conversationId,
    content: 'The last',
    clientMessageId: crypto.randomUUID(),
  });
  await expect.poll(() => devices.map(({ state }) => state.conversations[conversationId]?.unread)).not.toContain(0);
  const { unread } = await ben.call('notifications.unreadCount', {});
  await expect.poll(badges).toEqual(all(unread));
  expect(unread).toBe(1);
  devices[3]?.markRead(conversationId, message.seq);
  await expect.poll(badges).toEqual(all(0));
  expect((await ben.call('notifications.list', { unread: true })).items).toEqual([]);
});
