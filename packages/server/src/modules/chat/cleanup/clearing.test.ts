import { randomUUID } from 'node:crypto';
import { type RawBuilder, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import { clearRemoved } from './clearing.ts';
import { clearItems, clearMessages, deleteRemovedConversation, itemsBatch, messagesBatch } from './clearing-store.ts';
import { ITEM_TABLES } from './items.ts';

const TABLES = ['message', ...ITEM_TABLES] as const;
const never = new AbortController().signal;

let world: TestWorld;
let team: Team;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  await sql`update account set username = 'mia' where id = ${team.member.userId}`.execute(world.database.db);
});
afterAll(() => world.close());
beforeEach(async () => {
  conversationId = await busyChannel();
});

/** A channel with rows of every kind. */
async function busyChannel(): Promise<string> {
  const { member, owner, guest } = team;
  const memberIds = [member.userId, guest.userId];
  const input = { workspaceId: team.id, kind: 'channel', visibility: 'private', name: randomUUID() } as const;
  const { id } = await owner.api.conversations.create({ ...input, memberIds });
  for (let at = 0; at < 3; at += 1) {
    const { id: messageId } = await world.say(id, member, `rhubarb ${at}`);
    const said = { conversationId: id, content: '@mia', replyTo: messageId };
    await guest.api.messages.send({ ...said, clientMessageId: randomUUID() });
    await member.api.messages.update({ messageId, content: `celery ${at}` });
    await member.api.pins.add({ conversationId: id, messageId });
    await guest.api.saved.add({ messageId });
    await guest.api.drafts.set({ conversationId: id, threadId: messageId, content: 'Perhaps' });
  }
  return id;
}

async function left(id: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${sql.table(table)} where conversation_id = ${id}
    `.execute(world.database.db);
    counts[table] = rows[0]?.n ?? 0;
  }
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from message_revision where message_id not in (select id from message)
  `.execute(world.database.db);
  return { ...counts, orphans: rows[0]?.n ?? 0 };
}

const removed = async () =>
  (await sql<{ id: string }>`select id from removed_conversation`.execute(world.database.db)).rows.map(({ id }) => id);

const NOTHING = { ...Object.fromEntries(TABLES.map((table) => [table, 0])), orphans: 0 };

describe('a deleted conversation', () => {
  it('is gone for everyone before any of its rows are deleted', async () => {
    const { items } = await team.member.api.messages.list({ conversationId });
    const { userId } = team.guest;
    await team.owner.api.conversations.delete({ conversationId });
    expect(await left(conversationId)).toMatchObject({ message: 6, saved_message: 3, thread_follower: 6, draft: 3 });
    const notFound = expect.objectContaining({ code: 'not_found' });
    for (const { api } of [team.owner, team.member, team.guest]) {
      await expect(api.conversations.get({ conversationId })).rejects.toEqual(notFound);
      await expect(api.messages.list({ conversationId })).rejects.toEqual(notFound);
      await expect(api.messages.get({ messageId: items[0]!.id })).rejects.toEqual(notFound);
      await expect(api.threads.replies({ messageId: items[0]!.id })).rejects.toEqual(notFound);
      await expect(api.messages.send({ conversationId, content: 'x', clientMessageId: randomUUID() })).rejects.toEqual(
        notFound,
      );
      const threads = (await api.threads.list({})).items;
      expect(threads.filter(({ message }) => message.conversationId === conversationId)).toEqual([]);
      expect((await api.saved.list({})).items).toEqual([]);
      expect((await api.search.messages({ q: 'celery' })).items).toEqual([]);
      const { conversations, asOf } = await api.streams.snapshot({});
      expect(conversations.map(({ id }) => id)).not.toContain(conversationId);
      expect(asOf).not.toHaveProperty(`conversation:${conversationId}`);
    }
    const { rows } = await sql`select from conversation_member where account_id = ${userId}`.execute(world.database.db);
    expect(rows).toEqual([]);
    await clearRemoved(world.database, never);
  });

  it('is cleared in batches, from wherever it stopped, and nothing else is deleted', async () => {
    const other = await busyChannel();
    const before = await left(other);
    await team.owner.api.conversations.delete({ conversationId });
    const { db } = world.database;
    expect(await clearItems(db, 'thread_follower', conversationId, 4)).toBe(4);
    expect(await clearMessages(db, conversationId, 2)).toBe(2);
    expect(await left(conversationId)).toMatchObject({ message: 4, thread_follower: 2, orphans: 0 });
    await deleteRemovedConversation(db, conversationId);
    expect(await removed()).toEqual([conversationId]);

    const stop = new AbortController();
    stop.abort();
    await clearRemoved(world.database, stop.signal, 2);
    expect(await left(conversationId)).toMatchObject({ message: 4 });
    await Promise.all([clearRemoved(world.database, never, 2), clearRemoved(world.database, never, 3)]);
    await clearRemoved(world.database, never, 2);
    expect(await left(conversationId)).toEqual(NOTHING);
    expect(await removed()).toEqual([]);
    expect(await left(other)).toEqual(before);
    await team.owner.api.conversations.delete({ conversationId: other });
    await clearRemoved(world.database, never);
  });

  it('leaves locked rows for the next run', async () => {
    await team.owner.api.conversations.delete({ conversationId });
    await world.database.transaction(async (tx) => {
      await sql`select from draft where conversation_id = ${conversationId} limit 1 for update`.execute(tx);
      await clearRemoved(world.database, never);
      expect(await left(conversationId)).toEqual({ ...NOTHING, draft: 1 });
      expect(await removed()).toEqual([conversationId]);
    });
    await clearRemoved(world.database, never);
    expect(await removed()).toEqual([]);
  });
});

describe('a batch', () => {
  interface Plan {
    'Node Type': string;
    'Relation Name'?: string;
    'Actual Rows': number;
    Plans?: Plan[];
  }
  const nodes = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

  async function planOf(query: RawBuilder<unknown>): Promise<Plan[]> {
    const rows = await world.database.db.transaction().execute(async (tx) => {
      const explained = await sql<{ 'QUERY PLAN': [{ Plan: Plan }] }>`explain (analyze, format json) ${query}`.execute(
        tx,
      );
      return explained.rows;
    });
    return nodes(rows[0]!['QUERY PLAN'][0].Plan);
  }

  it('costs the same however many rows there are', async () => {
    const { db } = world.database;
    await sql`
      insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
      select gen_random_uuid(), ${conversationId}, 1000 + n, ${team.owner.userId}, gen_random_uuid(), 'text', 'x', now()
      from generate_series(1, 5000) n
    `.execute(db);
    await sql`
      insert into message_revision (message_id, version, content, action, changed_by, changed_at)
      select id, 1, 'x', 'edited', sender_id, now() from message where conversation_id = ${conversationId} on conflict do nothing
    `.execute(db);
    await sql`
      insert into mention select ${team.owner.userId}, ${conversationId}, n from generate_series(1, 5000) n
      on conflict do nothing
    `.execute(db);
    await sql`
      insert into thread_follower (thread_id, account_id, conversation_id, following, read_seq)
      select id, sender_id, conversation_id, true, 0 from message where conversation_id = ${conversationId}
      on conflict do nothing
    `.execute(db);
    await sql`
      insert into saved_message select sender_id, id, conversation_id, now() from message
      where conversation_id = ${conversationId} on conflict do nothing
    `.execute(db);
    await sql`analyze message, message_revision, mention, thread_follower, saved_message`.execute(db);
    const large = ['mention', 'thread_follower', 'saved_message'] as const;
    const batches = [messagesBatch(conversationId, 50), ...large.map((table) => itemsBatch(table, conversationId, 50))];
    for (const batch of batches) {
      const plan = await planOf(batch);
      for (const node of plan) expect(node['Actual Rows'], JSON.stringify(plan)).toBeLessThanOrEqual(60);
    }
  });
});
