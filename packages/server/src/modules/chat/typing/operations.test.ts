import type { EventData } from '@atrium/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';

let app: TestApp;
let url: string;
let ann: Person;
let bob: Person;
let workspaceId: string;
let conversationId: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  app = await testApp();
  url = await app.listen();
  [ann, bob] = [await app.person('ann'), await app.person('bob')];
  workspaceId = (await ann.call('workspaces.create', { name: 'Works' })).id;
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await bob.call('workspaces.join', { code });
  const [general] = (await ann.call('conversations.list', { workspaceId })).items;
  conversationId = general!.id;
});
afterAll(async () => {
  for (const socket of sockets) socket.disconnect();
  await app.close();
});

/** Connects a user; typing events from then on are recorded. */
async function listener(person: Person): Promise<EventData['typing'][]> {
  const socket = io(url, { transports: ['websocket'], auth: { token: person.accessToken }, forceNew: true });
  sockets.push(socket);
  const heard: EventData['typing'][] = [];
  socket.on('typing', (data: EventData['typing']) => heard.push(data));
  await new Promise((resolve, reject) => {
    socket.once('hello', resolve);
    socket.once('connect_error', reject);
  });
  return heard;
}

it('is sent to followers of the conversation except the typist, for six seconds, and is not stored', async () => {
  const [byAnn, byBob] = [await listener(ann), await listener(bob)];
  const before = await app.events(`conversation:${conversationId}`);
  const began = Date.now();
  const { until } = await ann.call('typing.start', { conversationId });
  await vi.waitFor(() => expect(byBob).toEqual([{ conversationId, userId: ann.userId, until }]));
  expect(Math.abs(Date.parse(until) - began - 6_000)).toBeLessThan(5_000);
  await ann.call('typing.stop', { conversationId });
  await vi.waitFor(() => expect(byBob).toHaveLength(2));
  expect(Date.parse(byBob[1]!.until)).toBeLessThan(Date.parse(until) - 5_000);
  await bob.call('typing.start', { conversationId });
  await vi.waitFor(() => expect(byAnn).toMatchObject([{ userId: bob.userId }]));
  expect(byBob).toHaveLength(2);
  expect(await app.events(`conversation:${conversationId}`)).toEqual(before);
});

it('is permitted to members, while the conversation is not archived', async () => {
  const { id } = await ann.call('conversations.create', { workspaceId, kind: 'channel', name: 'Quiet' });
  const start = (person: Person) => person.call('typing.start', { conversationId: id });
  await expect(start(bob)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(start(await app.person('stranger'))).rejects.toMatchObject({ code: 'not_found' });
  await start(ann);
  await ann.call('conversations.update', { conversationId: id, archived: true });
  await expect(start(ann)).rejects.toMatchObject({ code: 'archived' });
});
