import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import {
  bob,
  conversation,
  mine,
  ofConversation,
  ofWorkspace,
  snapshot,
  uuid,
  workspace,
} from '../../test/fixtures.ts';
import { live } from '../../test/live.ts';
import { LiveTestServer } from '../../test/live-server.ts';
import { until } from '../../test/until.ts';
import { type AtriumClient, createClient } from '../client.ts';
import type { LiveEvent } from '../state/event.ts';
import { fromSnapshot } from '../state/live-state.ts';

let server: LiveTestServer;
let client: AtriumClient;
let heard: LiveEvent[];

afterEach(async () => {
  client?.close();
  await server?.close();
});

async function connected(start = snapshot()): Promise<void> {
  server = await LiveTestServer.start(start);
  client = createClient({ url: server.url, token: 'x', deliveredReceipts: false, random: () => 0.05 });
  heard = [];
  client.on('event', (event) => heard.push(event));
  await client.connect();
}

const seqs = (stream: string) => heard.filter(({ meta }) => meta.stream === stream).map(({ meta }) => meta.seq);
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => from + at);

describe('the live state', () => {
  it('is a snapshot with all events after it', async () => {
    await connected();
    expect(live(client)).toEqual(fromSnapshot(snapshot()));
    server.say(bob.id);
    server.append(mine, 'stream:skipped', {});
    await until(() => heard.length === 2);
    expect(live(client)).toEqual(server.state());
  });

  it('neither misses nor repeats events while deliveries are lost, repeated and reordered', async () => {
    await connected();
    let dropped = 0;
    let late: LiveEvent | undefined;
    const dice = fc.sample(fc.double({ min: 0, max: 1, noNaN: true }), { numRuns: 400, seed: 7 });
    server.tamper = (deliver, event) => {
      const luck = dice.pop() ?? 1;
      if (luck < 0.05) dropped += 1;
      else if (luck < 0.1) late = event;
      else {
        deliver(event);
        if (luck < 0.15) deliver(event);
        if (late) deliver(late);
        late = undefined;
      }
    };
    for (let said = 0; said < 400; said++) {
      server.say(bob.id);
      if (said % 20 === 0) await new Promise((resolve) => setTimeout(resolve, 15));
    }
    server.io.emit('heads', server.heads());
    await until(() => seqs(ofConversation).length >= 400);
    expect(seqs(ofConversation)).toEqual(range(1, 400));
    expect(live(client)).toEqual(server.state());
    expect(dropped).toBeGreaterThan(5);
    expect(client.live.counters.syncs + client.live.counters.resumes).toBeLessThanOrEqual(dropped * 2);
  });

  it('fetches nothing when two events are only reordered', async () => {
    await connected();
    const waiting: LiveEvent[] = [];
    server.tamper = (_, event) => waiting.push(event);
    for (let said = 0; said < 4; said++) server.say(bob.id);
    for (const event of waiting.reverse()) server.io.emit(event.type, event.data, event.meta);
    await until(() => heard.length === 4);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.asked).toEqual(['streams.snapshot']);
  });

  it('detects by the beacon that the last event is missing', async () => {
    await connected();
    server.tamper = () => undefined;
    server.say(bob.id);
    server.io.emit('heads', server.heads());
    await until(() => heard.length === 1);
    expect(server.asked).toEqual(['streams.snapshot', 'sync']);
  });

  it('reads everything that it missed while disconnected, page by page', async () => {
    await connected();
    client.live.close();
    for (let said = 0; said < 75; said++) server.say(bob.id);
    server.append(mine, 'stream:skipped', {});
    client.live.open();
    await until(() => heard.length === 76);
    expect(seqs(ofConversation)).toEqual(range(1, 75));
    expect(server.asked.filter((name) => name === 'streams.snapshot')).toHaveLength(1);
    expect(live(client)).toEqual(server.state());
  });

  it('reconnects automatically after every disconnect', async () => {
    await connected();
    for (let round = 0; round < 5; round++) {
      server.say(bob.id);
      server.cut();
      server.say(bob.id);
      await until(() => client.live.status === 'online' && seqs(ofConversation).length === 2 * (round + 1));
    }
    expect(seqs(ofConversation)).toEqual(range(1, 10));
  });

  it('includes events between the hello and the snapshot', async () => {
    server = await LiveTestServer.start();
    client = createClient({ url: server.url, token: 'x', deliveredReceipts: false });
    heard = [];
    client.on('event', (event) => heard.push(event));
    server.intercept = (name) => {
      if (name === 'streams.snapshot') for (let said = 0; said < 3; said++) server.say(bob.id);
      return undefined;
    };
    await client.connect();
    await until(() => client.state.conversations[conversation.id]?.lastMessage?.seq === 3);
    expect(live(client)).toEqual(server.state());
    expect(heard).toEqual([]);
  });
});

describe('starting over', () => {
  const resets: (readonly string[])[] = [];

  it('happens when the end of the log is missing, and reports which streams jumped', async () => {
    await connected();
    client.on('reset', (streams) => resets.push(streams));
    client.live.close();
    for (let said = 0; said < 5; said++) server.say(bob.id);
    server.floor = 3;
    client.live.open();
    await until(() => client.state.conversations[conversation.id]?.unread === 5);
    expect(resets).toEqual([[ofConversation]]);
    server.say(bob.id);
    await until(() => heard.length === 1);
    expect(live(client)).toEqual(server.state());
  });

  it('happens after a restored backup, although its numbers are lower', async () => {
    await connected();
    for (let said = 0; said < 9; said++) server.say(bob.id);
    await until(() => heard.length === 9);
    client.live.close();
    server.restore('two', 4);
    client.live.open();
    await until(() => client.state.conversations[conversation.id]?.unread === 4);
    server.say(bob.id);
    await until(() => client.state.conversations[conversation.id]?.unread === 5);
    expect(live(client)).toEqual(server.state());
  });

  it('happens when the log is shorter than what was seen, even with the same epoch', async () => {
    await connected();
    for (let said = 0; said < 9; said++) server.say(bob.id);
    await until(() => heard.length === 9);
    client.live.close();
    server.restore('one', 4);
    client.live.open();
    await until(() => client.state.conversations[conversation.id]?.unread === 4);
    expect(live(client)).toEqual(server.state());
  });
});

describe('audiences', () => {
  const room = { ...conversation, id: uuid(21), name: 'cellar' };
  const ofRoom = `conversation:${room.id}` as const;

  it('are joined and left while connected', async () => {
    await connected();
    server.streams.push(ofRoom);
    server.append(mine, 'conversation:joined', { conversation: room, asOf: 0 });
    server.append(ofRoom, 'message:receive', { ...server.say(bob.id), seq: 1, conversationId: room.id });
    await until(() => client.state.conversations[room.id]?.unread === 1);
    server.append(mine, 'conversation:left', { conversationId: room.id });
    await until(() => !(room.id in client.state.conversations));
    expect(live(client)).toEqual(server.state());
  });

  it('that were left while disconnected are dropped immediately', async () => {
    const asOf = { [mine]: 0, [ofWorkspace]: 0, [ofConversation]: 0, [ofRoom]: 3 };
    await connected(snapshot({ asOf, conversations: [conversation, room] }));
    expect(Object.keys(client.state.conversations)).toEqual([conversation.id, room.id]);
    client.live.close();
    server.streams = server.streams.filter((stream) => stream !== ofRoom);
    server.append(mine, 'conversation:left', { conversationId: room.id });
    client.live.open();
    await until(() => !(room.id in client.state.conversations));
    await until(() => seqs(mine).length === 1);
    expect(server.asked.filter((name) => name === 'streams.snapshot')).toHaveLength(1);
  });

  it('that the server lists but no event explains are read with a snapshot', async () => {
    await connected();
    client.live.close();
    server.streams.push(ofRoom);
    client.live.open();
    await until(() => server.asked.filter((name) => name === 'streams.snapshot').length === 2);
    server.append(ofWorkspace, 'workspace:updated', { ...workspace, name: 'Yard' });
    await until(() => client.state.workspaces[workspace.id]?.name === 'Yard');
    expect(server.asked.filter((name) => name === 'streams.snapshot')).toHaveLength(2);
  });
});
