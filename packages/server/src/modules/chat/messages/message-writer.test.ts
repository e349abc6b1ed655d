import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waiting } from '../../../../test/security/lock-waits.ts';
import { signedIn } from '../../../../test/signed-in.ts';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import type { CommittedEvent } from '../../../platform/stream/index.ts';
import { readEvents } from '../../../platform/stream/store.ts';
import { ConversationCache } from './conversation-cache.ts';
import { MessageWriter, type Outgoing } from './message-writer.ts';
import { createMaySend } from './send-operations.ts';

let world: TestWorld;
let team: Team;
beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

/** The writer of one node, with its own cache, and the events that it emitted. */
function node() {
  const told: CommittedEvent[] = [];
  const { database } = world;
  const publish = (events: readonly CommittedEvent[]) => void told.push(...events);
  const counted: string[] = [];
  const writer = new MessageWriter({
    database,
    publish,
    transact: world.transact,
    maySend: createMaySend(async () => undefined),
    count: async (conversationId: string) => void counted.push(conversationId),
    conversations: new ConversationCache(database.db),
  });
  return { writer, told, counted };
}

const draft = (conversationId: string, over: Partial<Outgoing> = {}): Outgoing => ({
  conversationId,
  senderId: team.member.userId,
  caller: undefined,
  clientMessageId: randomUUID(),
  type: 'text',
  content: 'Hello',
  replyTo: null,
  ...over,
});

async function group() {
  const { api } = team.owner;
  const { id } = await api.conversations.create({
    workspaceId: team.id,
    kind: 'channel',
    visibility: 'private',
    name: `Group ${randomUUID()}`,
    memberIds: [team.member.userId],
  });
  return id;
}

const session = ({ userId }: { userId: string }) => signedIn(world.database, userId);

const stored = async (conversationId: string) =>
  (
    await sql<{ seq: number; content: string }>`
      select seq, content from message where conversation_id = ${conversationId} order by seq
    `.execute(world.database.db)
  ).rows;

describe('a message', () => {
  it('counts against the limit of its conversation, unless an outsider sends it', async () => {
    const { writer, counted } = node();
    const conversationId = await group();
    await writer.send(draft(conversationId));
    await expect(writer.send(draft(conversationId, { senderId: randomUUID() }))).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(counted).toEqual([conversationId]);
  });

  it('is stored and logged under one number, and emitted once', async () => {
    const { writer, told } = node();
    const conversationId = await group();
    const { message, duplicate } = await writer.send(draft(conversationId, { content: 'Größe 日本 🎉' }));
    expect(told, 'not before the answer').toEqual([]);
    expect(duplicate).toBe(false);
    expect(await stored(conversationId)).toEqual([{ seq: message.seq, content: 'Größe 日本 🎉' }]);
    const events = await readEvents(world.database.db, `conversation:${conversationId}`, message.seq - 1, 10);
    expect(events).toMatchObject([{ seq: message.seq, type: 'message:receive', body: { messageId: message.id } }]);
    await writer.drain();
    expect(told).toMatchObject([{ seq: message.seq, data: message }]);
  });

  it('is stored once however often it is sent, at once or later, on this node or another', async () => {
    const [here, there] = [node(), node()];
    const conversationId = await group();
    const outgoing = draft(conversationId);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? here : there).writer.send(outgoing)),
    );
    answers.push(await here.writer.send(outgoing), await there.writer.send(outgoing));
    expect(await stored(conversationId)).toHaveLength(1);
    expect(new Set(answers.map(({ message }) => message.seq)).size).toBe(1);
    expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    await Promise.all([here.writer.drain(), there.writer.drain()]);
    expect(here.told.length + there.told.length).toBe(1);
  });

  it('cannot differ from an earlier one with the same id', async () => {
    const { writer } = node();
    const outgoing = draft(await group());
    const mismatch = { code: 'idempotency_mismatch' };
    const [first, twin] = await Promise.allSettled([
      writer.send(outgoing),
      writer.send({ ...outgoing, content: 'Something else' }),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(twin).toMatchObject({ status: 'rejected', reason: mismatch });
    await expect(writer.send({ ...outgoing, content: 'Later' })).rejects.toMatchObject(mismatch);
    await expect(writer.send({ ...outgoing, replyTo: randomUUID() })).rejects.toMatchObject(mismatch);
  });

  it('may have the id of a message of another sender, or in another conversation', async () => {
    const { writer } = node();
    const [a, b] = [await group(), await group()];
    const outgoing = draft(a);
    const sent = await Promise.all([
      writer.send(outgoing),
      writer.send({ ...outgoing, senderId: team.owner.userId, content: 'Mine' }),
      writer.send({ ...outgoing, conversationId: b, content: 'There' }),
    ]);
    expect(sent.map(({ duplicate }) => duplicate)).toEqual([false, false, false]);
  });
});

describe('the fence', () => {
  it('refuses messages after a removal, even if another node has the member cached', async () => {
    const { writer } = node();
    const conversationId = await group();
    await writer.send(draft(conversationId));
    const userId = team.member.userId;
    await team.owner.api.conversations.removeMember({ conversationId, userId });
    const before = await stored(conversationId);
    await expect(writer.send(draft(conversationId))).rejects.toMatchObject({ code: 'not_found' });
    await expect(writer.send(draft(conversationId, { senderId: team.owner.userId }))).resolves.toMatchObject({
      duplicate: false,
    });
    expect(await stored(conversationId)).toHaveLength(before.length + 1);
    await team.owner.api.conversations.addMember({ conversationId, userId });
    await expect(writer.send(draft(conversationId))).resolves.toMatchObject({ duplicate: false });
  });

  it('writes no message of a removed member after the removal, while messages and removals race', async () => {
    const conversationId = await group();
    const nodes = [node(), node()];
    const userId = team.member.userId;
    for (let round = 0; round < 8; round++) {
      const sending = nodes.flatMap(({ writer }) =>
        Array.from({ length: 5 }, () =>
          writer.send(draft(conversationId)).then(
            ({ message }) => message.seq,
            () => undefined,
          ),
        ),
      );
      await team.owner.api.conversations.removeMember({ conversationId, userId });
      await Promise.all(sending);
      await team.owner.api.conversations.addMember({ conversationId, userId });
    }
    let inside = true;
    for (const event of await readEvents(world.database.db, `conversation:${conversationId}`, 0, 10_000)) {
      if (event.type === 'conversation:memberLeft') inside = false;
      else if (event.type === 'conversation:memberJoined') inside = true;
      else if (event.type === 'message:receive') expect(inside).toBe(true);
    }
  });

  it('refuses messages to conversations that were archived or deleted on another node', async () => {
    const { writer } = node();
    const conversationId = await group();
    await writer.send(draft(conversationId));
    await team.owner.api.conversations.update({ conversationId, archived: true });
    await expect(writer.send(draft(conversationId))).rejects.toMatchObject({ code: 'archived' });
    await team.owner.api.conversations.update({ conversationId, archived: false });
    await writer.send(draft(conversationId));
    const before = await stored(conversationId);
    await team.owner.api.conversations.delete({ conversationId });
    await expect(writer.send(draft(conversationId))).rejects.toMatchObject({ code: 'not_found' });
    expect(await stored(conversationId)).toEqual(before);
  });

  it('refuses strangers, and unknown conversations', async () => {
    const { writer } = node();
    const conversationId = await group();
    const notFound = { code: 'not_found' };
    await expect(writer.send(draft(conversationId, { senderId: team.admin.userId }))).rejects.toMatchObject(notFound);
    await expect(writer.send(draft(randomUUID()))).rejects.toMatchObject(notFound);
  });

  it('holds back only outdated drafts when others are written with them', async () => {
    const { writer } = node();
    const [a, b] = [await group(), await group()];
    await Promise.all([writer.send(draft(a)), writer.send(draft(b))]);
    await team.owner.api.conversations.removeMember({ conversationId: a, userId: team.member.userId });
    const answers = await Promise.allSettled([
      writer.send(draft(a)),
      writer.send(draft(b)),
      writer.send(draft(a, { senderId: team.owner.userId })),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});

describe('a caller who is signed out meanwhile', () => {
  it('is refused alone: the others of the group are written, under contiguous numbers', async () => {
    const { writer, told } = node();
    const [a, b] = [await group(), await group()];
    const [member, owner] = [await session(team.member), await session(team.owner)];
    const first = await writer.send(draft(a, { caller: member.caller }));
    const { message: there } = await writer.send(draft(b));
    await member.end();
    const from = { senderId: team.owner.userId, caller: owner.caller };
    const answers = await Promise.allSettled([
      writer.send(draft(a, from)),
      writer.send(draft(a, { caller: member.caller, content: 'Too late' })),
      writer.send(draft(b, { caller: member.caller, content: 'Too late' })),
      writer.send(draft(b, { content: 'Of the server itself' })),
      writer.send(draft(a, from)),
    ]);
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? 'ok' : answer.reason.code))).toEqual([
      'ok',
      'invalid_token',
      'invalid_token',
      'ok',
      'ok',
    ]);
    const seqs = (await stored(a)).map(({ seq }) => seq);
    expect(seqs).toEqual([0, 1, 2].map((n) => first.message.seq + n));
    expect((await stored(b)).map(({ seq }) => seq)).toEqual([there.seq, there.seq + 1]);
    await writer.drain();
    expect(told).toHaveLength(5);
  });

  it('is refused what was sent before, too, and gets it again from a session that is left', async () => {
    const { writer } = node();
    const conversationId = await group();
    const [one, other] = [await session(team.member), await session(team.member)];
    const outgoing = draft(conversationId);
    const { message } = await writer.send({ ...outgoing, caller: one.caller });
    await one.end();
    await expect(writer.send({ ...outgoing, caller: one.caller })).rejects.toMatchObject({ code: 'invalid_token' });
    expect(await writer.send({ ...outgoing, caller: other.caller })).toEqual({ message, duplicate: true });
  });

  it('does not take the same message along that another session sends at once', async () => {
    const { writer } = node();
    const conversationId = await group();
    const [ended, other] = [await session(team.member), await session(team.member)];
    await ended.end();
    const outgoing = draft(conversationId);
    const answers = await Promise.allSettled(
      [ended, other, other].map(({ caller }) => writer.send({ ...outgoing, caller })),
    );
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await stored(conversationId)).toHaveLength(1);
  });

  it('is waited for while their account is locked, and nobody in another conversation waits with them', async () => {
    const { writer } = node();
    const [a, b] = [await group(), await group()];
    const [member, owner] = [await session(team.member), await session(team.owner)];
    await Promise.all([writer.send(draft(a)), writer.send(draft(b))]);
    const holder = await world.database.pool.connect();
    await holder.query('begin');
    await holder.query('select from account where id = $1 for update', [team.member.userId]);
    const late = writer.send(draft(a, { caller: member.caller }));
    const refused = expect(late).rejects.toMatchObject({ code: 'invalid_token' });
    await writer.send(draft(b, { senderId: team.owner.userId, caller: owner.caller }));
    // The session ends behind the lock, in a transaction that began before the message was sent.
    await holder.query("update session set revoked_at = now(), revoke_reason = 'sign_out' where id = $1", [
      member.caller.sessionId,
    ]);
    await holder.query('commit').finally(() => holder.release());
    await refused;
  });
});

describe('many messages', () => {
  it('all succeed except one that cannot be stored, when they are written together', async () => {
    const { writer, told } = node();
    const [a, b] = [await group(), await group()];
    const via = { webhookId: randomUUID(), name: 'CI', avatar: 'x'.repeat(5_000), emoji: null };
    const bad = { senderId: via.webhookId, via };
    const answers = await Promise.allSettled([
      writer.send(draft(a, { content: 'first' })),
      writer.send(draft(a, bad)),
      writer.send(draft(b, { content: 'there' })),
      writer.send(draft(b, bad)),
      writer.send(draft(a, { content: 'second' })),
    ]);
    expect(answers.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true]);
    expect((await stored(a)).map(({ content }) => content)).toEqual(['first', 'second']);
    expect((await stored(b)).map(({ content }) => content)).toEqual(['there']);
    await writer.drain();
    expect(told).toHaveLength(3);
  });

  it('are written despite a deadlock that aborts them together', async () => {
    const { writer } = node();
    const [a, b] = [await group(), await group()].sort() as [string, string];
    await Promise.all([writer.send(draft(a)), writer.send(draft(b))]);
    const { pool } = world.database;
    const holder = await pool.connect();
    const hold = (id: string) =>
      holder.query('select from stream where name = $1 for no key update', [`conversation:${id}`]);
    await holder.query('begin');
    await hold(b);
    const sending = Promise.all([writer.send(draft(a)), writer.send(draft(b))]);
    await expect.poll(() => waiting(pool)).toBe(1);
    // Against the order of names; the database aborts the transaction that has waited longer.
    await hold(a);
    await holder.query('commit').finally(() => holder.release());
    expect((await sending).map(({ duplicate }) => duplicate)).toEqual([false, false]);
    expect([(await stored(a)).length, (await stored(b)).length]).toEqual([2, 2]);
  });

  it('of two nodes in one conversation get contiguous numbers and one order', async () => {
    const conversationId = await group();
    const stream = `conversation:${conversationId}` as const;
    const start = (await readEvents(world.database.db, stream, 0, 10_000)).length;
    const nodes = [node(), node()];
    const answers = await Promise.all(
      nodes.flatMap(({ writer }, at) =>
        Array.from({ length: 500 }, (_, n) => writer.send(draft(conversationId, { content: `${at}:${n}` }))),
      ),
    );
    const seqs = answers.map(({ message }) => message.seq).sort((a, b) => a - b);
    expect(seqs).toEqual(Array.from({ length: 1_000 }, (_, n) => start + 1 + n));
    const rows = await stored(conversationId);
    expect(rows.map(({ seq }) => seq)).toEqual(seqs);
    for (const { message } of answers) expect(rows[message.seq - start - 1]?.content).toBe(message.content);
    for (const at of [0, 1]) {
      const mine = rows
        .filter(({ content }) => content.startsWith(`${at}:`))
        .map(({ content }) => Number(content.slice(2)));
      expect(mine).toEqual(Array.from({ length: 500 }, (_, n) => n));
    }
    const events = await readEvents(world.database.db, stream, start, 10_000);
    expect(events.map(({ seq }) => seq)).toEqual(seqs);
    await Promise.all(nodes.map(({ writer }) => writer.drain()));
    expect(nodes.flatMap(({ told }) => told.map(({ seq }) => seq)).sort((a, b) => a - b)).toEqual(seqs);
  });

  it('are all written before the writer is drained', async () => {
    const { writer } = node();
    const conversationId = await group();
    const sending = Array.from({ length: 100 }, () => writer.send(draft(conversationId)));
    await new Promise((resolve) => setTimeout(resolve, 2));
    await writer.drain();
    await Promise.all(sending);
    expect(await stored(conversationId)).toHaveLength(100);
  });
});
