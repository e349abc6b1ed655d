import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Message, sizes } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';
import { deleteMessageItems, deletePersonalItems } from './cleanup/removal-store.ts';
import { removeMessages } from './retention/batch-store.ts';
import { lockConversations } from './rows/conversation-store.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;
let said: Message;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

beforeEach(async () => {
  const memberIds = [team.member.userId, team.guest.userId];
  const input = { workspaceId: team.id, kind: 'channel', visibility: 'private', name: randomUUID() } as const;
  conversationId = (await team.owner.api.conversations.create({ ...input, memberIds })).id;
  said = await world.say(conversationId, team.member);
  await world.told();
});

const refused = (code: string) => expect.objectContaining({ code });
const state = (who: Person) => who.api.conversations.get({ conversationId });
const told = async () => (await world.told()).map(({ stream, type }) => `${stream.split(':')[0]} ${type}`);

describe('pins', () => {
  const add = (who: Person, messageId = said.id) => who.api.pins.add({ conversationId, messageId });
  const remove = (who: Person, messageId = said.id) => who.api.pins.remove({ conversationId, messageId });

  it('are shared by everyone, unique, and in the order in which they were pinned', async () => {
    const other = await world.say(conversationId, team.owner);
    await world.told();
    await add(team.guest, other.id);
    await add(team.member);
    await add(team.owner);
    expect((await state(team.owner)).pins).toEqual([other.id, said.id]);
    const { items } = await team.owner.api.pins.list({ conversationId });
    expect(items).toMatchObject([
      { message: other, pinnedBy: team.guest.userId },
      { message: said, pinnedBy: team.member.userId },
    ]);
    await remove(team.owner, other.id);
    await remove(team.owner, other.id);
    expect((await state(team.guest)).pins).toEqual([said.id]);
    expect(await told()).toEqual(['conversation pin:added', 'conversation pin:added', 'conversation pin:removed']);
  });

  it('come after pins that others added while they waited for the lock', async () => {
    const other = await world.say(conversationId, team.owner);
    await add(team.owner, other.id);
    await sql`update pin set pinned_at = now() + interval '1 s' where message_id = ${other.id}`.execute(
      world.database.db,
    );
    await add(team.owner);
    expect((await state(team.owner)).pins).toEqual([other.id, said.id]);
  });

  it('need an existing message, in a conversation that is not archived', async () => {
    const elsewhere = await world.say(team.general, team.member);
    await expect(add(team.guest, elsewhere.id)).rejects.toEqual(refused('not_found'));
    await expect(add(team.guest, randomUUID())).rejects.toEqual(refused('not_found'));
    await expect(add(team.admin)).rejects.toEqual(refused('not_found'));
    await add(team.guest);
    await world.told();
    await team.member.api.messages.delete({ messageId: said.id });
    expect(await told()).toEqual(['conversation message:deleted', 'conversation pin:removed']);
    expect((await state(team.owner)).pins).toEqual([]);
    await expect(add(team.guest)).rejects.toEqual(refused('conflict'));
    await team.owner.api.conversations.update({ conversationId, archived: true });
    await expect(add(team.guest)).rejects.toEqual(refused('archived'));
    await expect(remove(team.guest)).rejects.toEqual(refused('archived'));
  });

  it('are limited, also when many are added at once', async () => {
    await sql`
      insert into pin (conversation_id, message_id, pinned_by, pinned_at)
      select ${conversationId}::uuid, gen_random_uuid(), ${team.owner.userId}::uuid, now()
      from generate_series(1, ${sizes.pins - 2})
    `.execute(world.database.db);
    const messages = [said];
    for (let at = 0; at < 5; at += 1) messages.push(await world.say(conversationId, team.owner));
    const outcomes = await Promise.allSettled(messages.map(({ id }) => add(team.owner, id)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    expect((await state(team.owner)).pins).toHaveLength(sizes.pins);
  });
});

describe('saved messages', () => {
  const list = async (who: Person) => (await who.api.saved.list({})).items.map(({ message }) => message.id);

  it('are private, on all devices, latest first', async () => {
    const other = await world.say(conversationId, team.owner);
    const { saved } = team.guest.api;
    await world.told();
    await saved.add({ messageId: said.id });
    await saved.add({ messageId: said.id });
    await saved.add({ messageId: other.id });
    expect(await list(team.guest)).toEqual([other.id, said.id]);
    expect(await list(team.member)).toEqual([]);
    expect((await state(team.guest)).saved).toEqual([said.id, other.id]);
    const first = await saved.list({ limit: 1 });
    const second = await saved.list({ limit: 1, cursor: first.nextCursor! });
    expect([...first.items, ...second.items].map(({ message }) => message.id)).toEqual([other.id, said.id]);
    expect(second.nextCursor).toBeNull();
    await expect(saved.list({ cursor: 'eA' })).rejects.toEqual(refused('invalid_input'));
    for (const { id } of [other, other, said]) await saved.remove({ messageId: id });
    expect(await list(team.guest)).toEqual([]);
    expect(await told()).toEqual(['user saved:added', 'user saved:added', 'user saved:removed', 'user saved:removed']);
  });

  it('come after those that were saved on another device while they waited for the lock', async () => {
    const other = await world.say(conversationId, team.owner);
    await team.guest.api.saved.add({ messageId: other.id });
    await sql`update saved_message set saved_at = now() + interval '1 s' where message_id = ${other.id}`.execute(
      world.database.db,
    );
    await team.guest.api.saved.add({ messageId: said.id });
    expect((await state(team.guest)).saved).toEqual([other.id, said.id]);
    expect(await list(team.guest)).toEqual([said.id, other.id]);
  });

  it('are shown only while the message is visible to the user', async () => {
    const open = await world.say(team.general, team.owner);
    const gone = await world.say(conversationId, team.member, 'Gone');
    await team.member.api.messages.delete({ messageId: gone.id });
    await expect(team.member.api.saved.add({ messageId: gone.id })).rejects.toEqual(refused('conflict'));
    const hidden = team.admin.api.saved.add({ messageId: said.id });
    await expect(hidden).rejects.toEqual(refused('not_found'));
    const { saved } = team.member.api;
    await saved.add({ messageId: said.id });
    await saved.add({ messageId: open.id });
    await team.member.api.conversations.removeMember({ conversationId: team.general, userId: team.member.userId });
    await team.owner.api.conversations.removeMember({ conversationId, userId: team.member.userId });
    expect(await list(team.member)).toEqual([open.id]);
    await team.owner.api.conversations.addMember({ conversationId, userId: team.member.userId });
    expect(await list(team.member)).toEqual([open.id, said.id]);
    await team.owner.api.conversations.delete({ conversationId });
    expect(await list(team.member)).toEqual([open.id]);
  });

  it('are limited', async () => {
    await sql`
      insert into saved_message (account_id, message_id, conversation_id, saved_at)
      select ${team.owner.userId}::uuid, gen_random_uuid(), ${conversationId}::uuid, now()
      from generate_series(1, ${sizes.saved})
    `.execute(world.database.db);
    const another = team.owner.api.saved.add({ messageId: said.id });
    await expect(another).rejects.toEqual(refused('conflict'));
  });
});

describe('drafts', () => {
  const set = (who: Person, content: string, threadId?: string) =>
    who.api.drafts.set({ conversationId, content, ...(threadId ? { threadId } : {}) });

  it('are saved per conversation and thread, sent to my devices only, and deleted when empty', async () => {
    const { draft } = await set(team.member, 'Perhaps');
    await set(team.member, 'Perhaps');
    const inThread = await set(team.member, 'Perhaps not', said.id);
    expect((await state(team.member)).drafts).toEqual([draft, inThread.draft]);
    expect((await state(team.owner)).drafts).toEqual([]);
    expect(await set(team.member, ' \n')).toEqual({ draft: null });
    await set(team.member, '');
    expect(await told()).toEqual(['user draft:updated', 'user draft:updated', 'user draft:updated']);
    expect((await state(team.member)).drafts).toEqual([inThread.draft]);
  });

  it('are deleted by the message that they become, and by no other', async () => {
    await set(team.member, 'Perhaps');
    await set(team.member, 'In the thread', said.id);
    const send = (more: object) => {
      const input = { conversationId, content: 'Yes', clientMessageId: randomUUID(), ...more };
      return team.member.api.messages.send(input);
    };
    await send({});
    expect((await state(team.member)).drafts).toHaveLength(2);
    await send({ clearDraft: true });
    expect((await state(team.member)).drafts).toMatchObject([{ threadId: said.id }]);
    await world.told();
    await send({ clearDraft: true, replyTo: said.id });
    expect((await state(team.member)).drafts).toEqual([]);
    expect(await told()).toContain('user draft:updated');
  });

  it('stay deleted, in whichever order the call that saves one and the message that it becomes arrive', async () => {
    const { drafts, messages } = team.member.api;
    const set = (sendAs: string) => drafts.set({ conversationId, content: 'Perhaps', sendAs });
    const send = (clientMessageId: string) =>
      messages.send({ conversationId, content: 'Perhaps', clearDraft: true, clientMessageId });
    for (let round = 0; round < 10; round += 1) {
      const id = randomUUID();
      await Promise.all(round % 2 ? [set(id), send(id), set(id)] : [send(id), set(id), set(id)]);
      expect((await state(team.member)).drafts).toEqual([]);
    }
    const id = randomUUID();
    await send(id);
    await world.told();
    expect(await set(id)).toEqual({ draft: null });
    expect(await told()).toEqual([]);
    expect((await set(randomUUID())).draft).toMatchObject({ content: 'Perhaps' });
    expect((await set(id)).draft).toMatchObject({ content: 'Perhaps' });
  });

  it('are kept when an earlier message is sent only now', async () => {
    const { drafts, messages } = team.member.api;
    const [former, next] = [randomUUID(), randomUUID()];
    await drafts.set({ conversationId, content: 'Next', sendAs: next });
    await messages.send({ conversationId, content: 'Former', clearDraft: true, clientMessageId: former });
    expect((await state(team.member)).drafts).toMatchObject([{ content: 'Next' }]);
    await messages.send({ conversationId, content: 'Next', clearDraft: true, clientMessageId: next });
    expect((await state(team.member)).drafts).toEqual([]);
  });

  it('belong to threads of the conversation, and are limited', async () => {
    const reply = await team.owner.api.messages.send({
      conversationId,
      content: 'Reply',
      replyTo: said.id,
      clientMessageId: randomUUID(),
    });
    const elsewhere = await world.say(team.general, team.owner);
    for (const id of [reply.message.id, elsewhere.id, randomUUID()]) {
      await expect(set(team.member, 'No', id)).rejects.toEqual(refused('invalid_input'));
    }
    await sql`
      insert into draft (account_id, conversation_id, thread_id, content, updated_at)
      select ${team.guest.userId}::uuid, ${conversationId}::uuid, gen_random_uuid(), 'x', now()
      from generate_series(1, ${sizes.drafts})
    `.execute(world.database.db);
    await expect(set(team.guest, 'One more')).rejects.toEqual(refused('conflict'));
    expect((await team.guest.api.drafts.set({ conversationId, content: '' })).draft).toBeNull();
  });

  it('leave no text in the log when they are deleted', async () => {
    await set(team.member, 'Never mind this sentence');
    await set(team.member, '');
    const { rows } = await sql`select 1 from event where body::text like '%sentence%'`.execute(world.database.db);
    expect(rows).toEqual([]);
  });

  it('are deleted when the user leaves, and so are mentions of them', async () => {
    await set(team.member, 'Perhaps');
    await set(team.member, 'Perhaps not', said.id);
    await sql`
      insert into mention (account_id, conversation_id, seq)
      values (${team.guest.userId}, ${conversationId}, 1), (${team.member.userId}, ${conversationId}, 1)
    `.execute(world.database.db);
    await team.owner.api.conversations.removeMember({ conversationId, userId: team.member.userId });
    const { rows } = await sql<{ id: string }>`
      select account_id as id from draft where conversation_id = ${conversationId}
      union all select account_id from mention where conversation_id = ${conversationId}
    `.execute(world.database.db);
    expect(rows.map(({ id }) => id)).toEqual([team.guest.userId]);
  });
});

it('deletes the items of an account, in batches, and nothing of others', async () => {
  const { db } = world.database;
  for (const [accountId, count] of [
    [team.customer.userId, 7],
    [team.admin.userId, 3],
  ] as const) {
    await sql`
      insert into mention (account_id, conversation_id, seq) select ${accountId}::uuid, ${conversationId}::uuid, generate_series(1, ${count}::int)
    `.execute(db);
  }
  await world.database.transaction((tx) => deletePersonalItems(tx, team.customer.userId, 2));
  const { rows } = await sql<{ id: string }>`
    select distinct account_id as id from mention where conversation_id = ${conversationId}
  `.execute(db);
  expect(rows).toEqual([{ id: team.admin.userId }]);
});

describe('an item of a message', () => {
  it('is refused while the message is being removed', async () => {
    let settled: Promise<PromiseSettledResult<unknown>[]> | undefined;
    await world.database.transaction(async (tx) => {
      await lockConversations(tx, [conversationId]);
      const removed = await removeMessages(tx, { conversationId, from: 1, through: said.seq });
      await deleteMessageItems(tx, conversationId, { gone: removed.map(({ id }) => id), emptied: [] });
      const { pins, saved, drafts } = team.member.api;
      settled = Promise.allSettled([
        pins.add({ conversationId, messageId: said.id }),
        saved.add({ messageId: said.id }),
        drafts.set({ conversationId, threadId: said.id, content: 'Perhaps' }),
      ]);
      // Long enough for all of them to have found the message.
      await sleep(300);
    });
    expect((await settled)?.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual([
      'not_found',
      'not_found',
      'invalid_input',
    ]);
  });
});
