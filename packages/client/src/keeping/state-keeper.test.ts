import { afterEach, expect, it } from 'vitest';
import { bob, conversation, message, ofConversation, uuid } from '../../test/fixtures.ts';
import { live } from '../../test/live.ts';
import { LiveTestServer, problem } from '../../test/live-server.ts';
import { until } from '../../test/until.ts';
import { type AtriumClient, createClient } from '../client.ts';
import type { MessageWindow } from '../state/chat/state.ts';
import { emptyState } from '../state/live-state.ts';
import type { KeptState, StateStorage } from './kept-state.ts';

/** A storage that keeps JSON, like a real one. */
class TestStorage implements StateStorage {
  saves = 0;
  #kept: string | undefined;

  get kept(): KeptState | undefined {
    return this.#kept === undefined ? undefined : JSON.parse(this.#kept);
  }

  /** Changes the stored state. */
  edit(change: (kept: KeptState) => object): void {
    if (this.kept) this.#kept = JSON.stringify({ ...this.kept, ...change(this.kept) });
  }

  async load() {
    return this.kept;
  }

  async save(kept: KeptState) {
    this.saves += 1;
    this.#kept = JSON.stringify(kept);
  }

  async clear() {
    this.#kept = undefined;
  }
}

let server: LiveTestServer;
let client: AtriumClient;

afterEach(async () => {
  client?.close();
  await server?.close();
});

function startClient(stateStorage: StateStorage): AtriumClient {
  return createClient({ url: server.url, token: 'x', deliveredReceipts: false, random: () => 0.05, stateStorage });
}

/** The storage of a client that was closed after it had seen one message. */
async function storageOfBefore(): Promise<TestStorage> {
  const storage = new TestStorage();
  server = await LiveTestServer.start();
  client = startClient(storage);
  await client.connect();
  server.say(bob.id);
  await until(() => client.state.conversations[conversation.id]?.unread === 1);
  client.close();
  await until(() => storage.saves === 1);
  return storage;
}

it('shows the last state without a connection, and continues without a snapshot', async () => {
  const storage = await storageOfBefore();
  server.say(bob.id);
  client = startClient(storage);
  expect(live(client)).toEqual(emptyState);
  expect(await client.restore()).toBe(true);
  expect(client.state.conversations[conversation.id]?.unread).toBe(1);
  expect(client.state.connection).toBe('offline');
  await client.connect();
  expect(live(client)).toEqual(server.state());
  expect(client.live.counters.snapshots).toBe(0);
});

it('keeps the end of the loaded history, which is then updated with missed events', async () => {
  const storage = await storageOfBefore();
  const items = Array.from({ length: 80 }, (_, at) => message(at - 79));
  const window: MessageWindow = { items: [...items, message(1)], moreBefore: false, moreAfter: false };
  const other: MessageWindow = { items: [message(-500)], moreBefore: true, moreAfter: true };
  storage.edit(({ state }) => ({ state: { ...state, messages: { [conversation.id]: window, [uuid(98)]: other } } }));
  client = startClient(storage);
  await client.restore();
  const said = server.say(bob.id);
  await client.connect();
  expect(client.state.messages[conversation.id]?.items.at(-1)).toEqual(said);
  client.close();
  await until(() => storage.saves === 2);
  const kept = storage.kept?.state.messages ?? {};
  expect(Object.keys(kept)).toEqual([conversation.id]);
  expect(kept[conversation.id]).toMatchObject({ moreBefore: true, moreAfter: false });
  expect(kept[conversation.id]?.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 50 }, (_, at) => at - 47));
});

it('starts over if the server cannot resume: after a restored backup, or too long an absence', async () => {
  for (const change of [() => server.restore('two', 0), () => (server.floor = 5)]) {
    const storage = await storageOfBefore();
    for (let at = 0; at < 5; at++) server.say(bob.id);
    change();
    client = startClient(storage);
    await client.restore();
    await client.connect();
    expect(live(client)).toEqual(server.state());
    expect(client.live.counters.snapshots).toBe(1);
    client.close();
    await server.close();
  }
});

it('shows nothing of one user to another', async () => {
  const storage = await storageOfBefore();
  client = startClient(storage);
  await client.restore();
  server.userId = bob.id;
  let shown: unknown;
  server.intercept = (name) => {
    if (name === 'streams.snapshot') shown = live(client);
    return undefined;
  };
  await client.connect();
  expect(shown).toEqual(emptyState);
});

it('does not restore a state when there is a newer one, or one that another version has stored', async () => {
  const storage = await storageOfBefore();
  client = startClient(storage);
  await client.connect();
  expect(await client.restore()).toBe(false);
  client.close();
  await until(() => storage.saves === 2);
  storage.edit(() => ({ format: 'another' }));
  client = startClient(storage);
  expect(await client.restore()).toBe(false);
  expect(live(client)).toEqual(emptyState);
});

it('starts without it if the storage fails, and reports that', async () => {
  const storage = await storageOfBefore();
  const errors: unknown[] = [];
  client = startClient({
    load: () => Promise.reject(new Error('no disk')),
    save: () => Promise.reject(new Error('full')),
    clear: () => storage.clear(),
  });
  client.on('error', (error) => errors.push(error));
  expect(await client.restore()).toBe(false);
  await client.connect();
  expect(live(client)).toEqual(server.state());
  expect(errors).toEqual([new Error('no disk')]);
});

it('deletes the stored state when the session was ended elsewhere', async () => {
  const storage = await storageOfBefore();
  server.admit = () => problem('unauthenticated');
  client = startClient(storage);
  await client.restore();
  await expect(client.connect()).rejects.toMatchObject({ code: 'unauthenticated' });
  await until(() => storage.kept === undefined);
  client.close();
  expect(storage.saves).toBe(1);
});

it('saves changes, and nothing that has not changed', async () => {
  const storage = await storageOfBefore();
  client = startClient(storage);
  await client.connect();
  server.append(ofConversation, 'stream:skipped', {});
  server.say(bob.id);
  await until(() => client.state.conversations[conversation.id]?.unread === 2);
  await until(() => storage.saves === 2, 4_000);
  expect(storage.kept?.positions[ofConversation]).toBe(3);
  server.io.emit('presence:changed', { userId: bob.id, status: 'away', lastSeen: null, devices: 1 });
  await until(() => client.state.presence[bob.id] !== undefined);
  client.close();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(storage.saves).toBe(2);
});
