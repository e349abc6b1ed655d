import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from './app.ts';
import { listenIn, type Wiretap } from './socket.ts';

let app: TestApp;
let url: string;
let ann: Person;
let bob: Person;
const open: Wiretap[] = [];

beforeAll(async () => {
  app = await testApp({ limits: true, door: { countLoopback: true } });
  url = (await app.listen()).replace(/\/$/, '');
  [ann, bob] = await Promise.all([app.person('Ann'), app.person('Bob')]);
});
afterAll(async () => {
  for (const tap of open) tap.close();
  await app?.close();
});

async function connect(person: Person): Promise<Wiretap> {
  const tap = await listenIn(url, person.accessToken);
  open.push(tap);
  return tap;
}

/** Opens a connection that says nothing. Resolves when it is open or refused. */
function silent(): Promise<WebSocket | undefined> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  return new Promise((resolve) => {
    socket.addEventListener('message', () => resolve(socket), { once: true });
    socket.addEventListener('error', () => resolve(undefined), { once: true });
  });
}

describe('S27 how much one may open and say', () => {
  it('20 connections a person, and another when one has closed', async () => {
    const taps = await Promise.all(Array.from({ length: 20 }, () => connect(ann)));
    await expect(listenIn(url, ann.accessToken)).rejects.toMatchObject({ problem: { code: 'rate_limited' } });
    await connect(bob);
    taps[0]?.close();
    await expect
      .poll(
        () =>
          connect(ann).then(
            (tap) => tap.connected,
            () => false,
          ),
        { timeout: 5_000 },
      )
      .toBe(true);
    for (const tap of taps) tap.close();
  });

  it('50 connections of an address that have not said who they are, each for 5 s', async () => {
    const waiting = await Promise.all(Array.from({ length: 50 }, silent));
    expect(waiting.every((socket) => socket !== undefined)).toBe(true);
    expect(await silent()).toBeUndefined();
    await expect(listenIn(url, bob.accessToken)).rejects.toThrow();
    const closed = waiting.map((socket) => new Promise((resolve) => socket?.addEventListener('close', resolve)));
    const before = performance.now();
    await Promise.all(closed);
    expect(performance.now() - before).toBeLessThan(6_500);
    await connect(bob);
  });

  it('10 messages in 5 s, over all connections of a person', async () => {
    const { id: workspaceId } = await bob.call('workspaces.create', { name: 'Garden' });
    const [general] = (await bob.call('conversations.list', { workspaceId })).items;
    const taps = await Promise.all([connect(bob), connect(bob)]);
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        taps[at % 2]!.call('messages.send', {
          conversationId: general!.id,
          content: 'Hello',
          clientMessageId: randomUUID(),
        }),
      ),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    for (const answer of answers) if (!answer.ok) expect(answer.error.code).toBe('rate_limited');
    const told = taps.flatMap(({ heard }) => heard.filter(({ type }) => type === 'error:rate_limited'));
    expect(told).toHaveLength(2);
    expect(told[0]?.data.retryAfterMs).toBeGreaterThan(0);
  });
});

describe('S26 each command on a connection is checked by itself', () => {
  it('a sender of one’s own choice, rooms of others and the work of admins are refused, and nothing is delivered', async () => {
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Secret' });
    const [secret] = (await ann.call('conversations.list', { workspaceId })).items;
    const conversationId = secret!.id;
    const [hers, his] = await Promise.all([connect(ann), connect(await app.person('Eve'))]);
    const from = hers.heard.length;
    const message = { conversationId, content: 'I am Ann', clientMessageId: randomUUID() };
    const code = async (name: string, input: unknown) => {
      const answer = await his.call(name, input);
      return answer.ok ? 'ok' : answer.error.code;
    };
    expect(await code('messages.send', { ...message, from: ann.userId })).toBe('invalid_input');
    expect(await code('messages.send', { ...message, senderId: ann.userId })).toBe('invalid_input');
    expect(await code('messages.list', { conversationId })).toBe('not_found');
    expect(await code('typing.start', { conversationId })).toBe('not_found');
    expect(await code('conversations.join', { conversationId })).toBe('not_found');
    expect(await code('streams.sync', { stream: `conversation:${conversationId}`, after: 0 })).not.toBe('internal');
    expect(await code('admin.updateSettings', { unverifiedMay: 'everything' })).toBe('forbidden');
    await ann.call('messages.send', { conversationId, content: 'Mine', clientMessageId: randomUUID() });
    await hers.until((heard) => heard.slice(from).some(({ type }) => type === 'message:receive'));
    expect(hers.heard.slice(from).filter(({ type }) => type === 'message:receive')).toHaveLength(1);
    expect(JSON.stringify(his.heard)).not.toContain(conversationId);
  });
});
