import { randomUUID } from 'node:crypto';
import type { Socket as NetSocket } from 'node:net';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type Person, type TestApp, testApp } from './app.ts';

/** Three bytes per character on the wire: a few hundred fill the kernel's buffers for a reader that does not read. */
const LONG = '日'.repeat(7_900);

let app: TestApp;
let url: string;
let ann: Person;
beforeAll(async () => {
  app = await testApp({ patience: { bytes: 64 * 1024, packets: 500 } });
  url = (await app.listen()).replace(/\/$/, '');
  ann = await app.person('Ann');
});
afterAll(() => app?.close());

async function flood(): Promise<void> {
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Team' });
  const [general] = (await ann.call('conversations.list', { workspaceId })).items;
  const conversationId = general!.id;
  for (let sent = 0; sent < 2_000 && app.app.live.counters.slowConsumers === 0; sent += 50) {
    const some = Array.from({ length: 50 }, () =>
      ann.call('messages.send', { conversationId, content: LONG, clientMessageId: randomUUID() }),
    );
    await Promise.all(some);
  }
}

it('tells a reader that it is too slow before it is disconnected, and nothing after that', async () => {
  const socket = io(url, {
    forceNew: true,
    reconnection: false,
    transports: ['websocket'],
    auth: { token: ann.accessToken },
  });
  const heard: string[] = [];
  await new Promise((resolve) => socket.once('hello', resolve));
  socket.onAny((type: string) => void heard.push(type));
  const { ws } = socket.io.engine.transport as unknown as { ws: { _socket: NetSocket } };
  ws._socket.pause();
  await flood();
  expect(app.app.live.counters.slowConsumers).toBe(1);
  ws._socket.resume();
  await vi.waitFor(() => expect(socket.connected).toBe(false));
  expect(heard.at(-1)).toBe('slow_consumer');
  expect(heard.filter((type) => type === 'slow_consumer')).toHaveLength(1);
}, 60_000);
