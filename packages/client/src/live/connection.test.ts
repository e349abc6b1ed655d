import { afterEach, describe, expect, it, vi } from 'vitest';
import { bob, conversation, ofConversation } from '../../test/fixtures.ts';
import { LiveTestServer, problem } from '../../test/live-server.ts';
import { until } from '../../test/until.ts';
import { type AtriumClient, createClient } from '../client.ts';
import type { ClientOptions } from '../options.ts';

let server: LiveTestServer;
let client: AtriumClient;

afterEach(async () => {
  vi.useRealTimers();
  client?.close();
  await server?.close();
});

function make(options: Partial<ClientOptions> = {}): AtriumClient {
  client = createClient({ url: server.url, token: 'x', deliveredReceipts: false, random: () => 0.05, ...options });
  return client;
}

describe('the live connection', () => {
  it('works when only polling is possible', async () => {
    server = await LiveTestServer.start(undefined, { transports: ['polling'] });
    await make().connect();
    server.say(bob.id);
    await until(() => client.state.conversations[conversation.id]?.unread === 1);
  });

  it('sends every call, with its own event if it has one', async () => {
    server = await LiveTestServer.start();
    await make().connect();
    await client.live.call('typing.start', { conversationId: conversation.id });
    await client.live.api.workspaces.create({ name: 'Garden' });
    expect(server.asked).toEqual(['streams.snapshot', 'typing:start', 'workspaces.create']);
  });

  it("rejects with the server's refusal", async () => {
    server = await LiveTestServer.start();
    await make().connect();
    server.intercept = () => problem('forbidden', { detail: 'Not you' });
    const refused = client.live.call('workspaces.create', { name: 'Garden' });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden', status: 403, message: 'Not you' });
  });

  it('retries a call with the same key when the connection broke before the answer', async () => {
    server = await LiveTestServer.start();
    await make().connect();
    const keys: unknown[] = [];
    server.intercept = (_, input) => {
      keys.push((input as { key?: string }).key);
      if (keys.length > 1) return undefined;
      server.cut();
      return 'silent';
    };
    await client.live.call('workspaces.create', { name: 'Garden' });
    expect(keys.filter((key) => key !== undefined)).toHaveLength(2);
    expect(keys[0]).toBe(keys.at(-1));
  });

  it('reconnects when a command gets no answer', async () => {
    server = await LiveTestServer.start();
    await make().connect();
    const before = server.tokens.length;
    const asked: string[] = [];
    server.intercept = (name) => {
      asked.push(name);
      return server.tokens.length === before ? 'silent' : undefined;
    };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    const called = client.live.call('typing.start', { conversationId: conversation.id });
    await vi.waitFor(() => expect(asked).toEqual(['typing:start']));
    await vi.advanceTimersByTimeAsync(2_000);
    expect(client.live.status, 'it may still come').toBe('online');
    await vi.advanceTimersByTimeAsync(3_000);
    await called;
    expect(asked.filter((name) => name === 'typing:start')).toHaveLength(2);
    expect(server.tokens).toHaveLength(before + 1);
  });

  it('waits for a connection, but not forever', async () => {
    server = await LiveTestServer.start();
    make().live.open();
    await server.close();
    const called = client.live.call('users.me', {}, { timeoutMs: 100 });
    await expect(called).rejects.toMatchObject({ code: 'network' });
  });

  it('refuses a server with another protocol version', async () => {
    server = await LiveTestServer.start();
    server.protocol = 2;
    await expect(make().connect()).rejects.toMatchObject({ code: 'bad_response' });
    expect(client.live.status).toBe('refused');
  });

  it('reconnects when the node stops, and not before the given time', async () => {
    server = await LiveTestServer.start();
    await make().connect();
    const started = performance.now();
    server.io.emit('server:moving', { retryInMs: 250 });
    server.cut();
    await until(() => server.tokens.length === 2);
    expect(performance.now() - started).toBeGreaterThan(240);
    server.io.emit('server:moving', { retryInMs: 50 });
    await until(() => server.tokens.length === 3);
  });

  it('resumes after it was closed as a slow consumer', async () => {
    server = await LiveTestServer.start();
    await make().connect();
    server.tamper = () => undefined;
    for (let said = 0; said < 30; said++) server.say(bob.id);
    server.io.emit('slow_consumer', {});
    server.cut();
    await until(() => client.state.conversations[conversation.id]?.unread === 30);
    expect(server.head(ofConversation)).toBe(30);
  });
});

describe('the token of the live connection', () => {
  it('is renewed when it has expired before connecting', async () => {
    server = await LiveTestServer.start();
    server.admit = (token) => (token === 'new' ? undefined : problem('token_expired'));
    make({ token: nextOf('old', 'new') });
    await client.connect();
    expect(server.tokens.at(-1)).toBe('new');
  });

  it('is renewed on the open connection before it expires', async () => {
    server = await LiveTestServer.start();
    const renewed: unknown[] = [];
    server.intercept = (name, input) => {
      if (name === 'auth:renew') renewed.push(input);
      return undefined;
    };
    await make({ token: nextOf('one', 'two', 'two') }).connect();
    server.io.emit('auth:expiring', { expiresAt: new Date().toISOString() });
    await until(() => renewed.length === 1);
    expect(renewed).toEqual([{ token: 'two' }]);
    expect(server.tokens).toEqual(['one']);
  });

  it('that is finally refused ends the connection, until somebody signs in', async () => {
    server = await LiveTestServer.start();
    server.admit = () => problem('invalid_token');
    await expect(make().connect()).rejects.toMatchObject({ code: 'invalid_token' });
    expect(client.live.status).toBe('refused');
    expect(server.tokens).toHaveLength(1);
    await expect(client.live.call('users.me', {})).rejects.toMatchObject({ code: 'unauthenticated' });
    server.admit = undefined;
    await client.connect();
    expect(client.live.status).toBe('online');
  });

  it('is retried when the server could not check it', async () => {
    server = await LiveTestServer.start();
    server.admit = () => (server.tokens.length < 3 ? problem('unavailable') : undefined);
    await make().connect();
    expect(server.tokens).toHaveLength(3);
  });
});

/** Returns one after another, then the last. */
function nextOf(...tokens: string[]): () => string {
  return () => (tokens.length > 1 ? tokens.shift() : tokens[0]) ?? '';
}
