import { type AtriumClient, createClient, deliveryOf } from '@atrium/client';
import type { EventData } from '@atrium/protocol';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../app.ts';

let app: TestApp;
let conversationId: string;
let people: Person[];
/** One device each of Ann and Cat, two of Bob. */
let anns: AtriumClient;
let bobs: [AtriumClient, AtriumClient];
let cats: AtriumClient;

beforeAll(async () => {
  app = await testApp();
  const url = await app.listen();
  people = await Promise.all(['Ann', 'Bob', 'Cat'].map((name) => app.person(name)));
  const [ann, bob, cat] = people as [Person, Person, Person];
  const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  for (const person of [bob, cat]) await person.call('workspaces.join', { code });
  const memberIds = [bob.userId, cat.userId];
  const channel = { workspaceId, kind: 'channel', visibility: 'private', name: 'Plans', memberIds } as const;
  conversationId = (await ann.call('conversations.create', channel)).id;
  const client = ({ accessToken }: Person) => createClient({ url, tokens: { accessToken } });
  [anns, bobs, cats] = [client(ann), [client(bob), client(bob)], client(cat)];
  await Promise.all([anns, ...bobs, cats].map((each) => each.connect()));
});
afterAll(async () => {
  for (const client of [anns, ...(bobs ?? []), cats]) client?.close();
  await app?.close();
});

const there = (client: AtriumClient) => client.state.conversations[conversationId]!;
const id = (at: number) => people[at]!.userId;
const readBy = (client: AtriumClient, message: Parameters<typeof deliveryOf>[1]) =>
  deliveryOf(there(client), message).readBy.toSorted();
const say = (content: string) => anns.send(conversationId, content);

it('CH-5 receipts are sent to the others, move only forward, and counts agree on all devices', async () => {
  const heard: EventData['message:ack'][] = [];
  anns.on('event', ({ type, data }) => {
    if (type === 'message:ack') heard.push(data);
  });
  const first = await say('@channel one');
  const second = await say('two');
  // Delivered automatically, as by any connected client; nobody has read it.
  await expect.poll(() => deliveryOf(there(anns), second).deliveredTo.toSorted()).toEqual([id(1), id(2)].sort());
  expect(deliveryOf(there(anns), second)).toMatchObject({ readBy: [], seen: false });
  for (const client of bobs) await expect.poll(() => there(client).unread).toBe(2);
  for (const client of bobs) expect(there(client).mentions).toEqual([first.seq]);

  const answer = await bobs[0].call('messages.ack', { conversationId, readSeq: first.seq });
  expect(answer).toEqual({ userId: id(1), deliveredSeq: second.seq, readSeq: first.seq, unread: 1 });
  for (const client of bobs) {
    await expect.poll(() => there(client).unread).toBe(1);
    expect(there(client).mentions).toEqual([]);
  }
  await expect.poll(() => readBy(anns, first)).toEqual([id(1)]);
  // Everyone is told, not only the sender.
  await expect.poll(() => readBy(cats, first)).toEqual([id(1)]);
  expect(deliveryOf(there(anns), first).seen).toBe(true);
  expect(deliveryOf(there(anns), second).seen).toBe(false);
  expect(heard.at(-1)).toEqual({
    conversationId,
    receipts: [{ userId: id(1), deliveredSeq: second.seq, readSeq: first.seq, newlyRead: 1 }],
  });

  const back = await bobs[1].call('messages.ack', { conversationId, readSeq: 1, deliveredSeq: 1 });
  expect(back).toEqual(answer);
  const rest = await people[1]!.call('conversations.list', {});
  expect(rest.items.find((each) => each.id === conversationId)).toMatchObject({ unread: 1, mentions: [] });
});

it('CH-5 messages marked as unread are unread on all devices, also while receipts are hidden', async () => {
  const say3 = [await say('@channel a'), await say('b'), await say('c')];
  const [, second, third] = say3 as [(typeof say3)[0], (typeof say3)[0], (typeof say3)[0]];
  for (const hideReceipts of [false, true]) {
    await people[1]!.call('users.updateMe', { preferences: { hideReceipts } });
    bobs[0].markRead(conversationId, third.seq);
    // A pending receipt does not overwrite it.
    await bobs[0].markUnread(conversationId, second.seq);
    for (const client of bobs) await expect.poll(() => there(client).unread).toBe(2);
    expect(there(bobs[0]).mentions).toEqual([]);
    await bobs[1].markUnread(conversationId, say3[0]!.seq);
    for (const client of bobs) await expect.poll(() => there(client).mentions).toEqual([say3[0]!.seq]);
    // Never forward.
    await bobs[1].markUnread(conversationId, third.seq);
    const rest = await people[1]!.call('conversations.get', { conversationId });
    expect(rest).toMatchObject({ unread: 3, mentions: [say3[0]!.seq] });
    if (!hideReceipts) await expect.poll(() => readBy(anns, say3[0]!)).not.toContain(id(1));
    await bobs[1].call('messages.ack', { conversationId, readSeq: third.seq });
    for (const client of bobs) await expect.poll(() => there(client)).toMatchObject({ unread: 0, mentions: [] });
  }
  await people[1]!.call('users.updateMe', { preferences: { hideReceipts: false } });
});

it('CH-5 a user who hides their receipts is seen by nobody and sees nobody, and both again afterwards', async () => {
  const hide = (hideReceipts: boolean) => people[2]!.call('users.updateMe', { preferences: { hideReceipts } });
  await hide(true);
  const known = (client: AtriumClient) => Object.keys(there(client).receipts).sort();
  await expect.poll(() => known(anns)).toEqual([id(0), id(1)].sort());
  await expect.poll(() => known(cats)).toEqual([id(2)]);
  const message = await say('three');
  await expect.poll(() => there(cats).unread).toBeGreaterThan(0);
  await cats.call('messages.ack', { conversationId, readSeq: message.seq });
  await bobs[0].call('messages.ack', { conversationId, readSeq: message.seq });
  await expect.poll(() => readBy(anns, message)).toEqual([id(1)]);
  // Their own devices know.
  await expect.poll(() => there(cats).unread).toBe(0);
  expect(known(cats)).toEqual([id(2)]);
  const snapshot = await people[0]!.call('conversations.get', { conversationId });
  expect(snapshot.receipts.map(({ userId }) => userId).sort()).toEqual([id(0), id(1)].sort());

  await hide(false);
  await expect.poll(() => readBy(anns, message)).toEqual([id(1), id(2)].sort());
  await expect.poll(() => readBy(cats, message)).toEqual([id(1), id(2)].sort());
});

it('A14 a user who hides their receipts does not read others’ in the log, and theirs are not in it for others', async () => {
  const hide = (at: number, hideReceipts: boolean) =>
    people[at]!.call('users.updateMe', { preferences: { hideReceipts } });
  const stream = `conversation:${conversationId}` as const;
  /** The users whose receipts a user reads after a position. */
  const readIn = async (at: number, after: number) => {
    const { events } = await people[at]!.call('streams.sync', { stream, after });
    const shown = events.flatMap(({ data }) => (data?.receipts ?? []) as { userId: string }[]);
    return [...new Set(shown.map(({ userId }) => userId))].sort();
  };
  const { seq } = await say('four');
  for (const client of [bobs[0], cats]) await client.call('messages.ack', { conversationId, readSeq: seq });
  await bobs[0].markUnread(conversationId, seq);
  expect(await readIn(0, seq)).toEqual(expect.arrayContaining([id(1), id(2)]));

  await hide(0, true);
  expect((await readIn(0, seq)).filter((userId) => userId !== id(0))).toEqual([]);
  await hide(0, false);
  expect(await readIn(0, seq)).toEqual(expect.arrayContaining([id(1), id(2)]));

  await hide(1, true);
  expect(await readIn(0, seq)).not.toContain(id(1));
  expect((await readIn(1, seq)).filter((userId) => userId !== id(1))).toEqual([]);
  await hide(1, false);
});
