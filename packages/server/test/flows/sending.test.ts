import { randomUUID } from 'node:crypto';
import { type Message, type Problem, sizes } from '@atrium/protocol';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';

type Answer = { ok: true; data: { message: Message; duplicate: boolean } } | { ok: false; error: Problem };

const TOGETHER = { LIMIT_MESSAGE: '8/60', LIMIT_CONVERSATION: '3/60' };

let app: TestApp;
let ann: Person;
let workspaceId: string;
let socket: Socket;
/** What the connection received, in order: events by type, answers as `ack`. */
const given: { type: string; data: unknown }[] = [];

beforeAll(async () => {
  app = await testApp({ env: TOGETHER });
  ann = await app.person('Ann');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
  const url = await app.listen();
  socket = io(url, { transports: ['websocket'], reconnection: false, auth: { token: ann.accessToken } });
  socket.onAny((type: string, data: unknown) => given.push({ type, data }));
  await new Promise<void>((resolve) => socket.once('hello', () => resolve()));
});
afterAll(async () => {
  socket?.close();
  await app?.close();
});

/** The answer counts when it is received, not when the test reads it. */
function emit(event: string, input: object): Promise<Answer> {
  return new Promise((resolve) => {
    socket.emit(event, input, (answer: Answer) => {
      given.push({ type: 'ack', data: answer });
      resolve(answer);
    });
  });
}

/** A channel that the connection follows. */
async function channel(): Promise<string> {
  const { id } = await ann.call('conversations.create', { workspaceId, kind: 'channel', name: randomUUID() });
  await expect.poll(() => JSON.stringify(heard('conversation:joined'))).toContain(id);
  return id;
}
const heard = (type: string) => given.filter((each) => each.type === type).map(({ data }) => data);

describe('CH-2 sending over the socket', () => {
  it('is stored as sent, acknowledged, and only then announced with everything in the contract', async () => {
    const conversationId = await channel();
    const clientMessageId = randomUUID();
    const content = '  <b>1 & 2</b> \u202e **x**\t\n\n  é e\u0301 👩‍🌾 ';
    const from = given.length;
    const answer = await emit('message:send', { conversationId, content, clientMessageId });
    expect(answer).toMatchObject({ ok: true });
    await expect.poll(() => heard('message:receive').length).toBeGreaterThan(0);
    const { data } = answer as Extract<Answer, { ok: true }>;
    expect(data.message).toMatchObject({
      id: expect.any(String),
      seq: expect.any(Number),
      senderId: ann.userId,
      clientMessageId,
      content,
      type: 'text',
      createdAt: expect.stringMatching(/Z$/),
    });
    expect(heard('message:receive').at(-1)).toEqual(data.message);
    const order = given.slice(from).map(({ type }) => type);
    expect(order.indexOf('ack')).toBeLessThan(order.indexOf('message:receive'));
    const again = await emit('message:send', { conversationId, content, clientMessageId });
    expect(again).toEqual({ ok: true, data: { message: data.message, duplicate: true } });
  });
});

describe('CH-10 limits', () => {
  it('for one conversation refuse a message with a delay, and with an event that identifies it', async () => {
    const conversationId = await channel();
    const send = (event: 'message:send' | 'op') => {
      const input = { conversationId, content: 'x', clientMessageId: randomUUID() };
      return {
        id: input.clientMessageId,
        answer: emit(event, event === 'op' ? { name: 'messages.send', input } : input),
      };
    };
    for (let at = 0; at < 3; at += 1) expect(await send('message:send').answer).toMatchObject({ ok: true });
    for (const event of ['message:send', 'op'] as const) {
      const { id, answer } = send(event);
      const refused = await answer;
      expect(refused).toMatchObject({ ok: false, error: { code: 'rate_limited', status: 429 } });
      const { retryAfterMs } = (refused as Extract<Answer, { ok: false }>).error;
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(heard('error:rate_limited').at(-1)).toEqual({
        operation: 'messages.send',
        clientMessageId: id,
        retryAfterMs,
      });
    }
    expect(await send('message:send').answer).toMatchObject({ error: { code: 'rate_limited' } });
    const { items } = await ann.call('messages.list', { conversationId });
    expect(items).toHaveLength(3);
  });

  it('for one user refuse messages to any conversation', async () => {
    const ben = await app.person('Ben');
    const home = (await ben.call('conversations.list', {})).items[0];
    const conversations = [home?.id ?? '', ...(await ownChannels(ben, 2))];
    const codes: unknown[] = [];
    for (let at = 0; at < 9; at += 1) {
      const input = { conversationId: conversations[at % 3] ?? '', content: 'x', clientMessageId: randomUUID() };
      codes.push(
        await ben.call('messages.send', input).then(
          () => 'sent',
          (error: { code: string }) => error.code,
        ),
      );
    }
    expect(codes).toEqual([...Array(8).fill('sent'), 'rate_limited']);
  });

  it('for the size of a message apply before anything else', async () => {
    const conversationId = await channel();
    const dora = await app.person('Dora');
    const [own = ''] = await ownChannels(dora, 1);
    const send = (content: string) =>
      dora.call('messages.send', { conversationId: own, content, clientMessageId: randomUUID() });
    expect((await send('x'.repeat(sizes.message))).message.content).toHaveLength(8_000);
    await expect(send('x'.repeat(sizes.message + 1))).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await ann.call('messages.list', { conversationId })).items).toEqual([]);
  });
});

async function ownChannels(person: Person, count: number): Promise<string[]> {
  const { id } = await person.call('workspaces.create', { name: 'Own' });
  const make = () => person.call('conversations.create', { workspaceId: id, kind: 'channel', name: randomUUID() });
  return (await Promise.all(Array.from({ length: count }, make))).map((made) => made.id);
}
