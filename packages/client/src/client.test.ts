import { afterEach, describe, expect, it } from 'vitest';
import { AT, ann, bob, conversation, ofConversation, workspace } from '../test/fixtures.ts';
import { LiveTestServer, problem } from '../test/live-server.ts';
import { until } from '../test/until.ts';
import { type AtriumClient, createClient } from './client.ts';
import { type ClientState, timeline } from './client-state.ts';
import type { ClientOptions } from './options.ts';
import type { CommandIntent } from './sending/command-queue.ts';
import type { SendIntent } from './sending/intent.ts';
import { memoryStorage } from './sending/storage.ts';
import { typists } from './state/chat/typing.ts';

let server: LiveTestServer;
let client: AtriumClient;

afterEach(async () => {
  client?.close();
  await server?.close();
});

async function connected(options: Partial<ClientOptions> = {}): Promise<void> {
  server = await LiveTestServer.start();
  client = createClient({ url: server.url, token: 'x', deliveredReceipts: false, random: () => 0.05, ...options });
  await client.connect();
}

const room = conversation.id;
const inLog = () => server.log.flatMap((event) => (event.type === 'message:receive' ? [event.data.content] : []));
const shown = (state: ClientState) => {
  const { items, pending } = timeline(state, room);
  return [...items, ...pending].map(({ content }) => content);
};

/** Records every shown state, as the texts of the conversation. */
function record(): string[][] {
  const seen: string[][] = [];
  client.on('change', (state) => seen.push(shown(state)));
  return seen;
}

describe('a sent message', () => {
  it('is shown exactly once at all times, from typing to the stream, whichever arrives first', async () => {
    await connected();
    const seen = record();
    await client.send(room, 'event first');
    server.tamper = (deliver, event) => setTimeout(() => deliver(event), 50);
    await client.send(room, 'answer first');
    expect(client.state.pending).toMatchObject([{ status: 'sent', content: 'answer first' }]);
    await until(() => client.state.pending.length === 0);
    for (const state of seen) expect(new Set(state).size).toBe(state.length);
    expect(inLog()).toEqual(['event first', 'answer first']);
  });

  it('is sent once although the server crashes repeatedly between storing it and answering', async () => {
    await connected();
    let deaths = 4;
    server.intercept = (name, input) => {
      if (name !== 'message:send' || deaths-- <= 0) return undefined;
      if (deaths % 2 === 0) server.send(input as { clientMessageId: string; content: string });
      server.cut();
      return 'silent';
    };
    const sent = ['one', 'two', 'three'].map((text) => client.send(room, text));
    await until(() => inLog().length === 3 && client.state.pending.length === 0, 10_000);
    expect(inLog()).toEqual(['one', 'two', 'three']);
    expect((await Promise.all(sent)).map(({ content }) => content)).toEqual(['one', 'two', 'three']);
  });

  it('waits when too many were sent, and is sent then', async () => {
    await connected();
    let refusals = 2;
    server.intercept = (name) =>
      name === 'message:send' && refusals-- > 0 ? problem('rate_limited', { retryAfterMs: 30 }) : undefined;
    await client.send(room, 'patience');
    expect(inLog()).toEqual(['patience']);
  });

  it('survives a restart of the program', async () => {
    const storage = memoryStorage<SendIntent>();
    await connected({ storage });
    server.intercept = (name) => (name === 'message:send' ? 'silent' : undefined);
    const lost = client.send(room, 'typed before the crash');
    await until(() => server.asked.includes('message:send'));
    client.close();
    await expect(lost).rejects.toMatchObject({ code: 'closed' });
    server.intercept = undefined;
    client = createClient({ url: server.url, token: 'x', deliveredReceipts: false, storage });
    await client.connect();
    await until(() => inLog().length === 1 && client.state.pending.length === 0);
    expect(await storage.load()).toEqual([]);
  });
});

describe('receipts', () => {
  it('are sent automatically for messages of others, and never for receipts', async () => {
    const acks: unknown[] = [];
    await connected({ deliveredReceipts: true });
    server.intercept = (name, input) => {
      if (name === 'message:ack') acks.push(input);
      return undefined;
    };
    server.say(ann.id);
    const receipts = [{ userId: bob.id, deliveredSeq: 1, readSeq: 1, newlyRead: 1 }];
    server.append(ofConversation, 'message:ack', { conversationId: room, receipts });
    await until(() => client.state.conversations[room]?.receipts[bob.id]?.readSeq === 1);
    const { seq } = server.say(bob.id);
    await until(() => acks.length === 1);
    expect(acks).toEqual([{ conversationId: room, deliveredSeq: seq }]);
  });

  it('are sent after an absence for what was missed', async () => {
    const acks: unknown[] = [];
    await connected({ deliveredReceipts: true });
    client.live.close();
    server.say(bob.id);
    server.restore('two', 1);
    server.intercept = (name, input) => {
      if (name === 'message:ack') acks.push(input);
      return undefined;
    };
    client.live.open();
    await until(() => acks.length === 1);
    client.markRead(room, 1);
    await until(() => acks.length === 2);
    expect(acks).toEqual([
      { conversationId: room, deliveredSeq: 1 },
      { conversationId: room, deliveredSeq: 1, readSeq: 1 },
    ]);
  });
});

describe('typing', () => {
  it('expires automatically, by the clock of the server', async () => {
    await connected();
    const end = new Date(Date.parse(AT) + 80).toISOString();
    server.io.emit('typing', { conversationId: room, userId: bob.id, until: end });
    await until(() => typists(client.state, room, client.now()).length === 1);
    await until(() => client.state.typing[room] === undefined);
  });
});

describe('connecting', () => {
  it('can be requested again, and be cancelled', async () => {
    await connected();
    await client.connect();
    expect(server.tokens).toHaveLength(1);
    client.close();
    client = createClient({ url: 'http://127.0.0.1:9', token: 'x' });
    const never = client.connect();
    setTimeout(() => client.close(), 20);
    await expect(never).rejects.toMatchObject({ code: 'closed' });
  });
});

describe('the change event', () => {
  it('is emitted once for simultaneous changes', async () => {
    await connected();
    let changes = 0;
    client.on('change', () => (changes += 1));
    client.live.close();
    for (let said = 0; said < 15; said++) server.say(bob.id);
    client.live.open();
    await until(() => client.state.conversations[room]?.unread === 15);
    expect(changes).toBeLessThan(8);
    expect(client.state).toBe(client.state);
  });
});

describe('an enqueued command', () => {
  it('is carried out once, although the program ends before the answer', async () => {
    const commandStorage = memoryStorage<CommandIntent>();
    await connected({ commandStorage });
    const keys: unknown[] = [];
    server.intercept = (name, input) => {
      if (name !== 'workspaces.update') return undefined;
      keys.push((input as { key?: string }).key);
      return keys.length === 1 ? 'silent' : undefined;
    };
    void client.enqueue('workspaces.update', { workspaceId: workspace.id, name: 'Orchard' }).catch(() => undefined);
    expect(client.state.commands).toMatchObject([{ name: 'workspaces.update', status: 'waiting' }]);
    await until(() => keys.length === 1);
    client.close();
    client = createClient({ url: server.url, token: 'x', deliveredReceipts: false, commandStorage });
    await client.connect();
    await until(() => keys.length === 2 && client.state.commands.length === 0);
    expect(keys[0]).toBe(keys[1]);
    expect(await commandStorage.load()).toEqual([]);
  });
});
