import { randomUUID } from 'node:crypto';
import { sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import { type FilesWorld, filesWorld } from '../../files/test/world.ts';

let world: FilesWorld;
let ann: Person;
let bob: Person;
let conversationId: string;
beforeAll(async () => {
  world = await filesWorld();
  ({ ann } = world);
  bob = await world.app.person('Bob');
  const { code } = await ann.call('workspaces.joinCode', { workspaceId: world.workspaceId });
  await bob.call('workspaces.join', { code });
  const { workspaceId } = world;
  const made = await ann.call('conversations.create', {
    workspaceId,
    kind: 'channel',
    name: 'beds',
    visibility: 'private',
  });
  conversationId = made.id;
  await ann.call('conversations.addMember', { conversationId, userId: bob.userId });
});
afterAll(() => world.close());

const text = (name: string) => ({ name, type: 'text/plain', content: 'Roses' });
async function upload(names: readonly string[] = ['list.txt'], as = ann): Promise<string[]> {
  const { workspaceId } = world;
  const { attachments } = await as.call('attachments.upload', { workspaceId }, { files: names.map(text) });
  return attachments.map(({ id }) => id);
}
const send = (
  attachmentIds: string[],
  more: { content?: string; clientMessageId?: string; replyTo?: string } = {},
  as = ann,
) => as.call('messages.send', { conversationId, content: '', clientMessageId: randomUUID(), attachmentIds, ...more });
const fetched = async (messageId: string) => bob.call('messages.get', { messageId });
const rows = async (messageId: string) =>
  (await sql`select from attachment where message_id = ${messageId}`.execute(world.app.database.db)).rows.length;

describe('a message with files', () => {
  it('shows them in their order, in the answer, the event, the history and the snapshot', async () => {
    const [first = '', second = ''] = await upload(['one.txt', 'two.txt']);
    const { message } = await send([second, first], { content: 'Lists' });
    expect(message.attachments?.map(({ filename }) => filename)).toEqual(['two.txt', 'one.txt']);
    expect(message).toMatchObject({ type: 'file', content: 'Lists' });
    expect(await fetched(message.id)).toEqual(message);
    const { items } = await bob.call('messages.list', { conversationId });
    expect(items.at(-1)).toEqual(message);
    const { conversations } = await bob.call('streams.snapshot', {});
    expect(conversations.find(({ id }) => id === conversationId)?.lastMessage).toEqual(message);
    const { events } = await bob.call('streams.sync', {
      stream: `conversation:${conversationId}`,
      after: message.seq - 1,
    });
    expect(events[0]?.data).toEqual(message);
  });

  it('needs no text, and is an image if all files are pictures', async () => {
    const content = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#a37' } })
      .png()
      .toBuffer();
    const files = [{ name: 'bed.png', type: 'image/png', content }];
    const { attachments } = await ann.call('attachments.upload', { workspaceId: world.workspaceId }, { files });
    const { message } = await send(attachments.map(({ id }) => id));
    expect(message).toMatchObject({ type: 'image', content: '', attachments: [{ image: { width: 30, height: 20 } }] });
    await ann.call('reactions.add', { messageId: message.id, emoji: '👍' });
    expect((await fetched(message.id)).reactions).toHaveLength(1);
  });

  it('can be a reply, and can be edited', async () => {
    const { message: root } = await send(await upload());
    const { message } = await send(await upload(), { replyTo: root.id, content: 'Mine' });
    expect(message).toMatchObject({ threadId: root.id, attachments: [{ filename: 'list.txt' }] });
    const edited = await ann.call('messages.update', { messageId: message.id, content: 'My list' });
    expect(edited).toMatchObject({ content: 'My list', attachments: message.attachments });
  });

  it('is the same message when it is sent again; with other files it is refused', async () => {
    const ids = await upload(['a.txt', 'b.txt']);
    const clientMessageId = randomUUID();
    const first = await send(ids, { clientMessageId });
    expect(await send(ids, { clientMessageId })).toEqual({ ...first, duplicate: true });
    const both = await Promise.all([1, 2, 3].map(() => send(ids, { clientMessageId })));
    expect(new Set(both.map(({ message }) => message.id))).toEqual(new Set([first.message.id]));
    await expect(send(await upload(), { clientMessageId })).rejects.toMatchObject({ code: 'idempotency_mismatch' });
    await expect(send([], { clientMessageId, content: 'x' })).rejects.toMatchObject({ code: 'idempotency_mismatch' });
  });

  it('is either written completely or not at all, when two messages use the same file', async () => {
    const ids = await upload(['a.txt', 'b.txt']);
    const sent = await Promise.allSettled([1, 2, 3, 4].map(() => send(ids)));
    const won = sent.flatMap((each) => (each.status === 'fulfilled' ? [each.value.message] : []));
    expect(won).toHaveLength(1);
    expect(await rows(won[0]?.id ?? '')).toBe(2);
    for (const each of sent) {
      if (each.status === 'rejected') expect(each.reason).toMatchObject({ code: 'invalid_input' });
    }
  });

  it.each([
    ['of somebody else', async () => upload(['his.txt'], bob)],
    [
      'that belong to a task',
      async () => {
        const { body } = await world.send([text('task.txt')]);
        return body.attachments.map(({ id }) => id);
      },
    ],
    [
      'of another workspace',
      async () => {
        const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Other' });
        const { attachments } = await ann.call('attachments.upload', { workspaceId }, { files: [text('far.txt')] });
        return attachments.map(({ id }) => id);
      },
    ],
    ['that do not exist', async () => [randomUUID()]],
  ])('is refused with files %s', async (_what, make) => {
    const bad = await make();
    const [good = ''] = await upload();
    await expect(send([good, ...bad])).rejects.toMatchObject({ code: 'invalid_input' });
    expect((await send([good])).message.attachments).toHaveLength(1);
  });

  it('needs files or text, and has each file once and ten at most', async () => {
    await expect(send([])).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(send([], { content: ' ' })).rejects.toMatchObject({ code: 'invalid_input' });
    const [id = ''] = await upload();
    await expect(send([id, id])).rejects.toMatchObject({ code: 'invalid_input' });
    const many = Array.from({ length: sizes.files + 1 }, () => randomUUID());
    await expect(send(many)).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('a file of a message', () => {
  it('can be read by everyone who can read its conversation', async () => {
    const { message } = await send(await upload());
    const url = message.attachments?.[0]?.url ?? '';
    const eve = await world.app.person('Eve');
    expect((await world.fetch(url, { as: bob })).status).toBe(200);
    expect((await world.fetch(url, { as: eve })).status).toBe(404);
    const listed = await bob.call('attachments.ofConversation', { conversationId, limit: 1 });
    expect(listed.items[0]).toMatchObject({ messageId: message.id, can: { delete: false } });
    await expect(eve.call('attachments.ofConversation', { conversationId })).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('deletion', () => {
  it('of a message deletes its files', async () => {
    const { message } = await send(await upload());
    const url = message.attachments?.[0]?.url ?? '';
    await ann.call('messages.delete', { messageId: message.id });
    expect(await rows(message.id)).toBe(0);
    expect((await world.fetch(url)).status).toBe(404);
    expect((await fetched(message.id)).attachments).toBeUndefined();
  });

  it('of one file of several, by its sender, changes the message for everyone', async () => {
    const [one = '', two = ''] = await upload(['one.txt', 'two.txt']);
    const { message } = await send([one, two]);
    await expect(bob.call('attachments.delete', { attachmentId: one })).rejects.toMatchObject({ code: 'forbidden' });
    await ann.call('attachments.delete', { attachmentId: one });
    expect((await fetched(message.id)).attachments?.map(({ id }) => id)).toEqual([two]);
    expect((await world.app.events(`conversation:${conversationId}`)).at(-1)).toMatchObject({
      type: 'message:updated',
    });
    await expect(ann.call('attachments.delete', { attachmentId: two })).rejects.toMatchObject({ code: 'conflict' });
  });

  it('of a conversation deletes its files', async () => {
    const { workspaceId } = world;
    const gone = await ann.call('conversations.create', {
      workspaceId,
      kind: 'group',
      name: 'Lunch',
      memberIds: [bob.userId],
    });
    const [id = ''] = await upload();
    const sent = { conversationId: gone.id, content: '', clientMessageId: randomUUID(), attachmentIds: [id] };
    await ann.call('messages.send', sent);
    await ann.call('conversations.delete', { conversationId: gone.id });
    const left = () => sql`select from attachment where id = ${id}`.execute(world.app.database.db);
    await expect.poll(async () => (await left()).rows.length, { timeout: 15_000 }).toBe(0);
  });
});

it('does not affect search by the names of files, and for messages with files', { timeout: 30_000 }, async () => {
  const { message } = await send(await upload(['Pflanzplan Frühbeet.txt']), { content: 'Look' });
  const find = async (query: { q?: string; has?: 'file'[] }) =>
    (await bob.call('search.messages', { in: conversationId, ...query })).items.map((hit) => hit.message.id);
  await expect.poll(() => find({ q: 'fruhbeet' }), { timeout: 20_000 }).toEqual([message.id]);
  expect(await find({ q: 'pflanzplan', has: ['file'] })).toEqual([message.id]);
  const { message: plain } = await ann.call('messages.send', {
    conversationId,
    content: 'Frühbeet',
    clientMessageId: randomUUID(),
  });
  await expect.poll(() => find({ q: 'frühbeet' }), { timeout: 20_000 }).toEqual([plain.id, message.id]);
  expect(await find({ q: 'frühbeet', has: ['file'] })).toEqual([message.id]);
});
