import { randomUUID } from 'node:crypto';
import type { Message } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;
let root: Message;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

/** A channel that the owner manages, with the member and the guest in it; the member has sent a message. */
beforeEach(async () => {
  const memberIds = [team.member.userId, team.guest.userId];
  const input = {
    workspaceId: team.id,
    kind: 'channel',
    visibility: 'private',
    name: randomUUID(),
    memberIds,
  } as const;
  conversationId = (await team.owner.api.conversations.create(input)).id;
  root = await world.say(conversationId, team.member, 'Who waters the beans?');
  await world.told();
});

const refused = (code: string) => expect.objectContaining({ code });
async function reply(who: Person, content = 'I do', replyTo = root.id): Promise<Message> {
  const input = { conversationId, content, replyTo, clientMessageId: randomUUID() };
  return (await who.api.messages.send(input)).message;
}
const thread = (who: Person, query: { limit?: number; before?: number; after?: number } = {}) =>
  who.api.threads.replies({ messageId: root.id, ...query });
const state = (who: Person) => who.api.conversations.get({ conversationId });

describe('replying', () => {
  it('creates a thread with its count and participants, sent to everyone', async () => {
    const first = await reply(team.owner);
    const second = await reply(team.guest, 'Me too', first.id);
    expect(second).toMatchObject({ threadId: root.id, replyTo: first.id });
    const found = await thread(team.member);
    expect(found.items).toEqual([first, second]);
    expect(found.message.thread).toEqual({
      replyCount: 2,
      lastReplyAt: second.createdAt,
      lastReplySeq: second.seq,
      participants: [team.guest.userId, team.owner.userId],
    });
    const stream = `conversation:${conversationId}`;
    const told = (await world.told()).filter((event) => event.stream === stream);
    const types = ['message:receive', 'thread:updated', 'message:receive', 'thread:updated'];
    expect(told.map(({ type }) => type)).toEqual(types);
  });

  it('is unread for the author of the first message and for followers, in the thread only', async () => {
    await reply(team.owner);
    await reply(team.guest);
    const ofMember = await state(team.member);
    expect(ofMember).toMatchObject({ unread: 0, threads: [{ threadId: root.id, unread: 2 }] });
    expect((await state(team.owner)).threads).toMatchObject([{ threadId: root.id, unread: 1 }]);
    expect((await state(team.guest)).threads).toEqual([]);
  });

  it('counts exactly when many reply at once, one of them twice', async () => {
    const input = { conversationId, content: 'Twice', replyTo: root.id, clientMessageId: randomUUID() };
    const twice = [1, 2, 3].map(() => team.guest.api.messages.send(input));
    const others = Array.from({ length: 15 }, (_, at) => reply([team.owner, team.member][at % 2]!, `Reply ${at}`));
    const answers = await Promise.all(twice);
    await Promise.all(others);
    expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    const found = await thread(team.owner);
    expect(found.message.thread?.replyCount).toBe(16);
    expect(found.items).toHaveLength(16);
    const { rows } = await sql<{ seq: number }>`
      select seq from event where stream = ${`conversation:${conversationId}`} order by seq
    `.execute(world.database.db);
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
  });

  it('refuses messages of other conversations, strangers, and archived conversations', async () => {
    const elsewhere = await world.say(team.general, team.member);
    await expect(reply(team.guest, 'No', elsewhere.id)).rejects.toEqual(refused('invalid_input'));
    await expect(reply(team.guest, 'No', randomUUID())).rejects.toEqual(refused('invalid_input'));
    await expect(reply(team.admin)).rejects.toEqual(refused('not_found'));
    await team.owner.api.conversations.update({ conversationId, archived: true });
    await expect(reply(team.guest)).rejects.toEqual(refused('archived'));
  });

  it('returns the first answer to the same reply, and refuses another one with its id', async () => {
    const input = { conversationId, content: 'Once', replyTo: root.id, clientMessageId: randomUUID() };
    const { message } = await team.guest.api.messages.send(input);
    await team.guest.api.messages.update({ messageId: message.id, content: 'Changed' });
    expect(await team.guest.api.messages.send(input)).toEqual({ message, duplicate: true });
    const other = team.guest.api.messages.send({ ...input, content: 'Other' });
    await expect(other).rejects.toEqual(refused('idempotency_mismatch'));
  });
});

describe('deleting a reply', () => {
  it('updates the count, the participants and the unread replies; without replies there is no thread', async () => {
    const first = await reply(team.owner);
    const second = await reply(team.guest);
    await team.guest.api.messages.delete({ messageId: second.id });
    const found = await thread(team.member);
    expect(found.message.thread).toMatchObject({ replyCount: 1, participants: [team.owner.userId] });
    expect(found.items.map(({ id }) => id)).toEqual([first.id, second.id]);
    expect(found.standing).toMatchObject({ unread: 1, following: true });
    await team.owner.api.messages.delete({ messageId: first.id });
    expect((await thread(team.member)).message.thread).toBeUndefined();
    expect((await state(team.member)).threads).toEqual([]);
  });
});

describe('a thread', () => {
  it('is read page by page, and stays consistent while replies come and go', async () => {
    const replies: Message[] = [];
    for (let at = 0; at < 9; at += 1) replies.push(await reply(team.owner, `Reply ${at}`));
    const last = await thread(team.guest, { limit: 4 });
    expect(last.items).toEqual(replies.slice(5));
    expect(last).toMatchObject({ moreBefore: true, moreAfter: false });
    await reply(team.guest, 'Meanwhile');
    await team.owner.api.messages.delete({ messageId: replies[7]!.id });
    const before = await thread(team.guest, { limit: 4, before: last.items[0]!.seq });
    expect(before.items).toEqual(replies.slice(1, 5));
    expect(before).toMatchObject({ moreBefore: true, moreAfter: true });
    const after = await thread(team.guest, { limit: 200, after: replies[3]!.seq });
    expect(after.items).toHaveLength(6);
    expect(after).toMatchObject({ moreBefore: true, moreAfter: false });
    const both = thread(team.guest, { before: 1, after: 1 });
    await expect(both).rejects.toEqual(refused('invalid_input'));
  });

  it('can be requested by any message of it', async () => {
    const { id } = await reply(team.owner);
    const found = await team.guest.api.threads.replies({ messageId: id });
    expect(found.message.id).toBe(root.id);
    expect(found.standing).toEqual({ threadId: root.id, following: false, readSeq: 0, unread: 0 });
  });
});

describe('following', () => {
  it('has a mark that only moves forward, and never beyond the last reply', async () => {
    const first = await reply(team.owner);
    await reply(team.guest);
    const { threads } = team.member.api;
    const messageId = root.id;
    await world.told();
    const one = await threads.read({ messageId, readSeq: first.seq });
    expect(one).toEqual({ threadId: root.id, following: true, readSeq: first.seq, unread: 1 });
    expect(await threads.read({ messageId, readSeq: 0 })).toEqual(one);
    expect(await threads.read({ messageId, readSeq: 1_000_000 })).toMatchObject({ unread: 0 });
    const told = await world.told();
    const own = `user:${team.member.userId}`;
    const ofChat = told.filter(({ type }) => !type.startsWith('notification'));
    expect(ofChat.map(({ stream, type }) => [stream, type])).toEqual([
      [own, 'thread:standing'],
      [own, 'thread:standing'],
    ]);
    await reply(team.guest, 'After all');
    expect((await thread(team.member)).standing.unread).toBe(1);
  });

  it('begins and ends by choice; only replying overrides that', async () => {
    const { threads } = team.member.api;
    const messageId = root.id;
    await reply(team.owner);
    expect(await threads.unfollow({ messageId })).toMatchObject({ following: false, unread: 0 });
    await reply(team.owner, '@channel');
    expect((await state(team.member)).threads).toEqual([]);
    await reply(team.member);
    await reply(team.owner);
    expect((await thread(team.member)).standing).toMatchObject({ following: true, unread: 1 });
    expect(await team.guest.api.threads.follow({ messageId })).toMatchObject({ following: true, unread: 0 });
    await reply(team.owner);
    expect((await thread(team.guest)).standing.unread).toBe(1);
  });

  it('lists the threads that the user follows, latest active first', async () => {
    const other = await world.say(conversationId, team.member, 'And the peas?');
    await reply(team.owner);
    await reply(team.owner, 'Not me', other.id);
    await reply(team.guest);
    const { threads } = team.member.api;
    const [latest] = (await threads.list({ limit: 1 })).items;
    const first = await threads.list({ limit: 1 });
    const second = await threads.list({ limit: 1, cursor: first.nextCursor! });
    const noDay = Buffer.from(JSON.stringify(['2026-02-30T10:00:00.000Z', randomUUID()])).toString('base64url');
    await expect(threads.list({ cursor: noDay })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(latest).toMatchObject({ message: { id: root.id }, standing: { unread: 2 } });
    expect(second.items).toMatchObject([{ message: { id: other.id }, standing: { unread: 1 } }]);
    expect((await team.admin.api.threads.list({})).items).toEqual([]);
    await expect(threads.list({ cursor: 'x' })).rejects.toEqual(refused('invalid_input'));
  });

  it('ends when the user leaves the conversation', async () => {
    await reply(team.owner);
    const { conversations } = team.owner.api;
    await conversations.removeMember({ conversationId, userId: team.member.userId });
    await world.told();
    await reply(team.guest);
    expect((await world.told()).map(({ stream }) => stream)).not.toContain(`user:${team.member.userId}`);
    await conversations.addMember({ conversationId, userId: team.member.userId });
    expect((await state(team.member)).threads).toEqual([]);
    expect((await team.member.api.threads.list({})).items.map(({ message }) => message.id)).not.toContain(root.id);
  });
});
