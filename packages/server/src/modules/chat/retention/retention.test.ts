import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type TestApp, testApp } from '../../../../test/app.ts';
import type { Transact } from '../../../platform/module/index.ts';
import { ReceiptWriter } from '../receipts/writer.ts';
import { messageSource } from '../search/source.ts';
import { sweep } from './sweep.ts';

const DAY_MS = 86_400_000;

let app: TestApp;
let ann: Person;
let bob: Person;
let workspaceId: string;
let conversationId: string;

beforeAll(async () => {
  app = await testApp();
  [ann, bob] = await Promise.all([app.person('Ann'), app.person('Bob')]);
});
afterAll(() => app?.close());
beforeEach(async () => {
  // Messages of earlier tests are not counted again.
  await app.database.pool.query('update workspace set retention_days = null');
  await app.database.pool.query('update conversation set retention_days = null');
  workspaceId = (await ann.call('workspaces.create', { name: 'Garden' })).id;
  const { code } = await ann.call('workspaces.joinCode', { workspaceId });
  await bob.call('workspaces.join', { code });
  const input = { workspaceId, kind: 'channel', name: 'plans' } as const;
  conversationId = (await ann.call('conversations.create', { ...input, memberIds: [bob.userId] })).id;
});

const say = (content: string, who = ann) =>
  who.call('messages.send', { conversationId, content, clientMessageId: crypto.randomUUID() });
const history = async () => (await bob.call('messages.list', { conversationId })).items.map(({ content }) => content);

function receiptWriter(): ReceiptWriter {
  const { hub, transact } = app.app;
  return new ReceiptWriter({ transact, publish: (events) => hub.committed(events) });
}

/** Runs the sweep as of a number of days from now. */
function sweepIn(days: number): Promise<number> {
  const { database, transact } = app.app;
  return sweep({ database, transact, receipts: receiptWriter() }, new Date(Date.now() + days * DAY_MS));
}

async function age(days: number): Promise<void> {
  await app.database.pool.query(
    'update message set created_at = created_at - make_interval(days => $2) where conversation_id = $1',
    [conversationId, days],
  );
}

describe('CH-11 retention', () => {
  it('keeps everything by default', async () => {
    await say('one');
    expect(await sweepIn(4_000)).toBe(0);
    expect(await history()).toEqual(['one']);
  });

  it("removes messages older than the workspace's retention, with an audit entry, once", async () => {
    await say('old');
    await age(20);
    await say('new');
    await ann.call('retention.setWorkspace', { workspaceId, days: 30 });
    expect(await sweepIn(9)).toBe(0);
    expect(await sweepIn(11)).toBe(1);
    expect(await sweepIn(11)).toBe(0);
    expect(await history()).toEqual(['new']);
    const told = (await app.events(`conversation:${conversationId}`)).filter(({ type }) => type === 'messages:expired');
    const [first] = (await bob.call('messages.list', { conversationId })).items;
    expect(told).toHaveLength(1);
    expect(told[0]?.body.beforeSeq).toBeLessThanOrEqual(first!.seq);
    const { rows } = await app.database.pool.query(
      "select actor_id, details from audit_log where kind = 'messages_expired' and target_id = $1",
      [conversationId],
    );
    expect(rows).toEqual([{ actor_id: null, details: { count: 1, beforeSeq: told[0]?.body.beforeSeq } }]);
  });

  it('uses the shorter time if both are set', async () => {
    await say('one');
    await ann.call('retention.setWorkspace', { workspaceId, days: 30 });
    await ann.call('retention.setConversation', { conversationId, days: 300 });
    expect(await sweepIn(31)).toBe(1);
    await say('two');
    await ann.call('retention.setConversation', { conversationId, days: 7 });
    expect(await sweepIn(6)).toBe(0);
    expect(await sweepIn(8)).toBe(1);
    await say('three');
    await ann.call('retention.setConversation', { conversationId, days: null });
    expect(await sweepIn(8)).toBe(0);
  });

  it('counts removed messages as read, for everybody', async () => {
    for (const content of ['one', 'two', 'three']) await say(content);
    await age(40);
    await say('four');
    await ann.call('retention.setConversation', { conversationId, days: 30 });
    expect((await bob.call('conversations.get', { conversationId })).unread).toBe(4);
    expect(await sweepIn(0)).toBe(3);
    expect(await bob.call('conversations.get', { conversationId })).toMatchObject({ unread: 1 });
    await age(40);
    expect(await sweepIn(0)).toBe(1);
    expect(await bob.call('conversations.get', { conversationId })).toMatchObject({ unread: 0, lastMessage: null });
  });

  it('runs in batches, and continues where it was stopped', async () => {
    await app.database.pool.query(
      `with head as (update stream set seq = seq + 2500 where name = 'conversation:' || $1 returning seq)
       insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
       select gen_random_uuid(), $1::uuid, head.seq - n, $2, gen_random_uuid(), 'text', 'x', now() - interval '40 days'
       from head, generate_series(0, 2499) n`,
      [conversationId, ann.userId],
    );
    await ann.call('retention.setConversation', { conversationId, days: 30 });
    const { database, transact } = app.app;
    const stop = new AbortController();
    const once: Transact = async (options, work) => {
      const result = await transact(options, work);
      stop.abort();
      return result;
    };
    const stopping = { database, receipts: receiptWriter(), transact: once };
    expect(await sweep(stopping, new Date(), stop.signal)).toBe(1_000);
    const [one, other] = await Promise.all([sweepIn(0), sweepIn(0)]);
    expect(one + other).toBe(1_500);
    expect(await history()).toEqual([]);
  });

  it('deletes personal items of the messages as well', async () => {
    const { message } = await say('first');
    await ann.call('messages.update', { messageId: message.id, content: 'second' });
    await age(40);
    await ann.call('retention.setConversation', { conversationId, days: 30 });
    await sweepIn(0);
    const { rows } = await app.database.pool.query('select from message_revision where message_id = $1', [message.id]);
    expect(rows).toEqual([]);
    await expect(ann.call('messages.update', { messageId: message.id, content: 'x' })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  describe('of messages with replies', () => {
    const replyTo = (replyTo: string, content: string, who: Person) =>
      who.call('messages.send', { conversationId, content, replyTo, clientMessageId: crypto.randomUUID() });

    async function thread() {
      const { message: root } = await say('root');
      const { message: first } = await replyTo(root.id, 'first', bob);
      await age(40);
      const { message: second } = await replyTo(root.id, 'second', bob);
      await ann.call('retention.setConversation', { conversationId, days: 30 });
      return { root, first, second };
    }

    it('keeps the place, and with it the thread', async () => {
      const { root, first, second } = await thread();
      await ann.call('pins.add', { conversationId, messageId: root.id });
      await ann.call('reactions.add', { messageId: root.id, emoji: '👍' });
      await ann.call('messages.update', { messageId: root.id, content: 'root, edited' });
      expect(await sweepIn(0)).toBe(2);
      expect(await history()).toEqual(['', 'second']);
      const { message, items, standing } = await ann.call('threads.replies', { messageId: second.id });
      expect(message).toMatchObject({ id: root.id, content: '', deletedAt: expect.any(String) });
      expect(message).toMatchObject({
        thread: { replyCount: 1, lastReplySeq: second.seq, participants: [bob.userId] },
      });
      expect(message.reactions).toBeUndefined();
      expect(items.map(({ id }) => id)).toEqual([second.id]);
      expect(standing).toMatchObject({ unread: 1, following: true });
      expect((await ann.call('threads.list', {})).items).toMatchObject([{ message: { id: root.id } }]);
      expect((await ann.call('pins.list', { conversationId })).items).toEqual([]);
      expect((await ann.call('messages.history', { messageId: root.id })).items).toEqual([]);
      // Everything that search removes from its index is from before that.
      expect((await messageSource.oldest(app.database.db, conversationId))?.toISOString()).toBe(second.createdAt);
      const told = (await app.events(`conversation:${conversationId}`)).findLast(
        ({ type }) => type === 'messages:expired',
      );
      expect(told?.body).toEqual({
        conversationId,
        fromSeq: 1,
        beforeSeq: first.seq + 1,
        kept: [root.seq],
        gone: [],
        moreBefore: false,
      });
    });

    it('removes replies that are as old, and keeps the others', async () => {
      const { root } = await thread();
      await sweepIn(0);
      expect(await sweepIn(0)).toBe(0);
      const { message } = await replyTo(root.id, 'third', ann);
      expect(message).toMatchObject({ threadId: root.id });
      const { message: place } = await ann.call('threads.replies', { messageId: root.id });
      expect(place.thread).toMatchObject({ replyCount: 2, participants: [ann.userId, bob.userId] });
    });

    it('removes the place with the last reply, also if that was deleted by a user', async () => {
      const { root, second } = await thread();
      await sweepIn(0);
      await bob.call('messages.delete', { messageId: second.id });
      expect(await history()).toEqual(['', '']);
      await age(40);
      expect(await sweepIn(0)).toBe(1);
      expect(await history()).toEqual([]);
      await expect(ann.call('threads.replies', { messageId: root.id })).rejects.toMatchObject({ code: 'not_found' });
      const { items } = await ann.call('threads.list', {});
      expect(items.map(({ message }) => message.id)).not.toContain(root.id);
      const told = (await app.events(`conversation:${conversationId}`)).findLast(
        ({ type }) => type === 'messages:expired',
      );
      expect(told?.body).toMatchObject({ kept: [], gone: [root.seq], moreBefore: false });
    });
  });

  it('is announced and logged when the setting changes, and only then', async () => {
    await ann.call('retention.setConversation', { conversationId, days: 30 });
    await ann.call('retention.setConversation', { conversationId, days: 30 });
    expect(await bob.call('conversations.get', { conversationId })).toMatchObject({ retentionDays: 30 });
    const told = await app.events(`conversation:${conversationId}`);
    expect(told.filter(({ type }) => type === 'conversation:updated')).toHaveLength(1);
    const { rows } = await app.database.pool.query(
      "select details from audit_log where kind = 'retention_changed' and target_id = $1",
      [conversationId],
    );
    expect(rows).toEqual([{ details: { days: 30, before: 'as the workspace' } }]);
    await expect(bob.call('retention.setConversation', { conversationId, days: 1 })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
