import { randomUUID } from 'node:crypto';
import type { Notification } from '@atrium/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import { type Office, openOffice } from '../../timers/test/office.ts';

let office: Office;
let ann: Person;
let ben: Person;
let gus: Person;
let channel: string;
let direct: string;
beforeEach(async () => {
  office = await openOffice();
  ({ ann, ben, gus } = office);
  await ben.call('users.updateMe', { username: 'ben' });
  const { workspaceId } = office;
  const memberIds = [ben.userId, gus.userId];
  channel = (await ann.call('conversations.create', { workspaceId, kind: 'channel', name: 'Garden', memberIds })).id;
  direct = (await ann.call('conversations.create', { workspaceId, kind: 'direct', memberIds: [ben.userId] })).id;
});
afterEach(() => office.close());

const say = async (who: Person, conversationId: string, content: string, replyTo?: string) =>
  (
    await who.call('messages.send', {
      conversationId,
      content,
      clientMessageId: randomUUID(),
      ...(replyTo && { replyTo }),
    })
  ).message;
const list = async (who: Person): Promise<Notification[]> => (await who.call('notifications.list', {})).items;
const unread = async (who: Person) => (await who.call('notifications.unreadCount', {})).unread;
const level = (who: Person, chosen: 'all' | 'mentions' | 'nothing' | null, until?: string) =>
  who.call('notifications.setConversation', { conversationId: channel, level: chosen, ...(until && { until }) });

describe('a message notifies', () => {
  it('the recipient of a direct message, with its text and link', async () => {
    const { id, seq } = await say(ann, direct, 'Did the beans come up?');
    expect(await list(ben)).toMatchObject([
      {
        type: 'message',
        cause: 'message',
        title: 'Ann',
        body: 'Did the beans come up?',
        link: `/c/${direct}?at=${seq}`,
        conversationId: direct,
        messageId: id,
        actorIds: [ann.userId],
        count: 1,
      },
    ]);
    expect(await list(ann)).toEqual([]);
  });

  it('everyone who is mentioned by name or by @channel', async () => {
    await say(ann, channel, '@ben look');
    expect(await list(ben)).toMatchObject([
      { type: 'mention', cause: 'message_mention', title: 'Ann mentioned you in Garden', body: '@ben look' },
    ]);
    expect(await list(gus)).toEqual([]);
    await say(ben, channel, '@channel look');
    expect(await list(gus)).toMatchObject([{ cause: 'message_mention', actorIds: [ben.userId] }]);
    expect(await list(ann)).toHaveLength(1);
    expect(await list(ben), 'not of their own').toHaveLength(1);
  });

  it('participants of its thread, once even if they are mentioned', async () => {
    const { id } = await say(ben, channel, 'Who waters?');
    await say(ann, channel, 'I do', id);
    expect(await list(ben)).toMatchObject([
      {
        type: 'message',
        cause: 'message_reply',
        title: 'Ann replied in a thread in Garden',
        link: `/c/${channel}/t/${id}`,
      },
    ]);
    await say(gus, channel, '@ben me too', id);
    expect((await list(ben)).map(({ cause }) => cause)).toEqual(['message_mention', 'message_reply']);
    expect(await list(ann)).toMatchObject([{ cause: 'message_reply', actorIds: [gus.userId] }]);
  });

  it('nobody for a plain message in a channel, unless they want all messages', async () => {
    await say(ann, channel, 'One');
    expect(await list(ben)).toEqual([]);
    await level(ben, 'all');
    await say(ann, channel, 'Two');
    await say(gus, channel, 'Three');
    expect(await list(ben)).toMatchObject([
      { title: 'Gus in Garden', body: 'Three', count: 2, actorIds: [gus.userId, ann.userId] },
    ]);
    expect(await list(gus)).toEqual([]);
    await ann.call('conversations.update', { conversationId: channel, name: 'Yard' });
    await say(ann, channel, 'Four');
    expect(await list(ben)).toMatchObject([{ title: 'Ann in Yard', count: 3 }]);
    await level(ben, null);
    await say(ann, channel, 'Five');
    expect(await list(ben)).toMatchObject([{ body: 'Four', count: 3 }]);
  });

  it('nobody who has turned it off, and they can see why', async () => {
    await level(ben, 'nothing');
    await say(ann, channel, '@ben look');
    expect(await list(ben)).toEqual([]);
    const { items } = await ben.call('notifications.decisions', {});
    expect(items).toMatchObject([{ cause: 'message_mention', channels: [{ reason: 'conversation_nothing' }, {}, {}] }]);
  });

  it('according to the level that they chose, until it expires', async () => {
    await level(ben, 'all', new Date(Date.now() + 60_000).toISOString());
    await say(ann, channel, 'One');
    expect(await list(ben)).toHaveLength(1);
    await office.app.database.pool.query(
      "update conversation_notifications set until = now() - interval '1 s' where account_id = $1",
      [ben.userId],
    );
    await ben.call('notifications.readAll', {});
    await say(ann, channel, 'Two');
    expect(await list(ben)).toMatchObject([{ body: 'One' }]);
  });

  it('with one notification for many messages at once', async () => {
    await level(ben, 'all');
    await Promise.all(Array.from({ length: 40 }, (_, n) => say(n % 2 === 0 ? ann : gus, channel, `Message ${n}`)));
    expect(await list(ben)).toMatchObject([{ count: 40, actorCount: 2 }]);
    expect(await unread(ben)).toBe(1);
  });

  it('no bots', async () => {
    const { workspaceId } = office;
    const { user: bot } = await ann.call('bots.create', { workspaceId, name: 'Robot' });
    await ann.call('conversations.addMember', { conversationId: channel, userId: bot.id });
    await say(ann, channel, '@channel look');
    const { rows } = await office.app.database.pool.query('select from notification where account_id = $1', [bot.id]);
    expect(rows).toEqual([]);
  });
});

describe('a notification of a message', () => {
  it('is committed together with the message, or neither is', async () => {
    await office.app.database.pool.query('alter table notification add constraint broken check (body <> $$Broken$$)');
    await expect(say(ann, direct, 'Broken')).rejects.toMatchObject({ code: 'internal' });
    expect((await ben.call('messages.list', { conversationId: direct })).items).toEqual([]);
    await say(ann, direct, 'Whole');
    expect(await list(ben)).toMatchObject([{ body: 'Whole', count: 1 }]);
  });

  it('is one for a message that is sent again', async () => {
    const message = { conversationId: direct, content: 'Once', clientMessageId: randomUUID() };
    await Promise.all(Array.from({ length: 5 }, () => ann.call('messages.send', message)));
    await ann.call('messages.send', message);
    expect(await list(ben)).toMatchObject([{ count: 1 }]);
  });

  it('is read when the conversation is read up to its message', async () => {
    const { seq } = await say(ann, direct, 'One');
    await say(ann, channel, '@ben two');
    expect(await unread(ben)).toBe(2);
    await ben.call('messages.ack', { conversationId: direct, readSeq: seq - 1 });
    expect(await unread(ben)).toBe(2);
    await ben.call('messages.ack', { conversationId: direct, readSeq: seq });
    expect(await unread(ben)).toBe(1);
    const told = (await office.app.events(`user:${ben.userId}`)).filter(({ type }) => type === 'notification:read');
    expect(told.map(({ body }) => body)).toEqual([{ userId: ben.userId, ids: [expect.any(String)] }]);
  });

  it('of a reply is read with its thread, and that of a mention also with the conversation', async () => {
    const { id } = await say(ben, channel, 'Who waters?');
    await say(ann, channel, 'I do', id);
    const { seq } = await say(ann, channel, '@ben and you?', id);
    await ben.call('messages.ack', { conversationId: channel, readSeq: seq });
    expect((await list(ben)).map(({ cause, readAt }) => [cause, readAt !== null])).toEqual([
      ['message_mention', true],
      ['message_reply', false],
    ]);
    await ben.call('threads.read', { messageId: id, readSeq: seq });
    expect(await unread(ben)).toBe(0);
  });

  it('shows the current text of the message', async () => {
    const { id } = await say(ann, direct, 'The bens are up');
    const before = await unread(ben);
    await ann.call('messages.update', { messageId: id, content: 'The beans are up' });
    expect(await list(ben)).toMatchObject([{ body: 'The beans are up', count: 1 }]);
    expect(await unread(ben)).toBe(before);
  });

  it('is created for people mentioned by an edit, and deleted for those who no longer are', async () => {
    const { id: messageId } = await say(ann, channel, 'Look');
    await ann.call('messages.update', { messageId, content: '@ben look' });
    expect(await list(ben)).toMatchObject([{ type: 'mention', body: '@ben look', messageId }]);
    await ann.call('messages.update', { messageId, content: '@ben look there' });
    expect(await list(ben)).toMatchObject([{ count: 1, body: '@ben look there' }]);
    await ann.call('messages.update', { messageId, content: 'Look there' });
    expect(await list(ben)).toEqual([]);
  });

  it('is deleted with the message; one for several messages counts one less and no longer quotes it', async () => {
    const one = await say(ann, direct, 'Secret');
    await ann.call('messages.delete', { messageId: one.id });
    expect(await list(ben)).toEqual([]);
    expect(await unread(ben)).toBe(0);
    await say(ann, direct, 'Kept');
    const other = await say(ann, direct, 'Secret');
    await ann.call('messages.delete', { messageId: other.id });
    expect(await list(ben)).toMatchObject([{ count: 1, body: 'This message was deleted.', messageId: null }]);
    const { rows } = await office.app.database.pool.query("select from notification where body = 'Secret'");
    expect(rows).toEqual([]);
  });

  it('is deleted for people who leave the conversation, and for all when it is deleted', async () => {
    await say(ann, channel, '@ben @channel look');
    await gus.call('conversations.removeMember', { conversationId: channel, userId: gus.userId });
    expect(await list(gus)).toEqual([]);
    expect(await list(ben)).toHaveLength(1);
    await ann.call('conversations.delete', { conversationId: channel });
    expect(await list(ben)).toEqual([]);
  });
});

describe('mails about mentions', () => {
  const deliveries = async () =>
    (
      await office.app.database.pool.query<{ channel: string; state: string; reason: string | null }>(
        "select channel, state, reason from delivery where account_id = $1 and kind = 'notification' order by id",
        [ben.userId],
      )
    ).rows;

  it('are one for all mentions before it is sent', async () => {
    for (const n of [1, 2, 3]) await say(ann, channel, `@ben ${n}`);
    expect(await deliveries()).toEqual([{ channel: 'mail', state: 'planned', reason: null }]);
    const { items } = await ben.call('notifications.decisions', {});
    const reasons = items.map(({ channels }) => channels.find(({ channel: by }) => by === 'mail')?.reason);
    expect(reasons).toEqual(['grouped', 'grouped', 'preference']);
  });

  it('are withdrawn when the message is read on any device, or deleted', async () => {
    const { seq } = await say(ann, channel, '@ben one');
    await ben.call('messages.ack', { conversationId: channel, readSeq: seq });
    const { id } = await say(ann, channel, '@ben two');
    await ann.call('messages.delete', { messageId: id });
    expect(await deliveries()).toEqual([
      { channel: 'mail', state: 'withdrawn', reason: 'read' },
      { channel: 'mail', state: 'withdrawn', reason: 'removed' },
    ]);
  });
});
