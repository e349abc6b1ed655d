import { randomUUID } from 'node:crypto';
import type { Message } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waiting } from '../../../test/security/lock-waits.ts';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';
import { removeBatch } from './retention/batch.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  await sql`update account set username = 'gus' where id = ${team.guest.userId}`.execute(world.database.db);
});
afterAll(() => world.close());

const ROUNDS = 25;

async function channel(): Promise<string> {
  const memberIds = [team.member.userId, team.guest.userId];
  const input = { workspaceId: team.id, kind: 'channel', visibility: 'private', name: randomUUID() } as const;
  return (await team.owner.api.conversations.create({ ...input, memberIds })).id;
}

/** Sends one message for each round. */
async function sayAll(conversationId: string): Promise<string[]> {
  const said = await Promise.all(Array.from({ length: ROUNDS }, () => world.say(conversationId, team.member)));
  return said.map(({ id }) => id);
}

/** The number of deadlocks in the database; connections report their counts first. */
async function deadlocks(): Promise<number> {
  const { pool } = world.database;
  const clients = await Promise.all(Array.from({ length: pool.options.max }, () => pool.connect()));
  for (const client of clients) {
    await client.query('select pg_stat_force_next_flush()').finally(() => client.release());
  }
  const { rows } = await pool.query<{ deadlocks: number }>(
    'select deadlocks::int from pg_stat_database where datname = current_database()',
  );
  return rows[0]?.deadlocks ?? 0;
}

/** Runs everything of each round in parallel, and expects no deadlock. */
async function atOnce(round: (at: number) => Promise<unknown>[]): Promise<void> {
  const before = await deadlocks();
  for (let at = 0; at < ROUNDS; at += 1) await Promise.all(round(at));
  expect((await deadlocks()) - before).toBe(0);
}

it('detects a deadlock', async () => {
  const { pool } = world.database;
  const before = await deadlocks();
  const [one, other] = [await pool.connect(), await pool.connect()];
  const lock = (client: typeof one, key: number) => client.query('select pg_advisory_xact_lock($1)', [key]);
  for (const [client, key] of [
    [one, 1],
    [other, 2],
  ] as const) {
    await client.query("begin; set local deadlock_timeout = '50ms'");
    await lock(client, key);
  }
  const outcomes = await Promise.allSettled([lock(one, 2), lock(other, 1)]);
  for (const client of [one, other]) await client.query('rollback').finally(() => client.release());
  expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  expect(await deadlocks()).toBe(before + 1);
});

const send = (
  who: Person,
  input: { conversationId: string; replyTo?: string; clearDraft?: boolean },
  content = 'Yes',
) => who.api.messages.send({ ...input, content, clientMessageId: randomUUID() });

/** Resolves when a transaction waits for a lock of another one. */
async function someoneWaits(): Promise<void> {
  await expect.poll(() => waiting(world.database.pool)).toBeGreaterThan(0);
}

it('locks streams that end and streams that are told of it in the same order', async () => {
  const { owner } = team;
  const { id: workspaceId } = await owner.api.workspaces.create({ name: 'Short-lived' });
  const holder = await world.database.pool.connect();
  const hold = (name: string) => holder.query('select from stream where name = $1 for no key update nowait', [name]);
  await holder.query('begin');
  await hold(`user:${owner.userId}`);
  const deleting = owner.api.workspaces.delete({ workspaceId });
  await someoneWaits();
  // It comes later in the order of names: a transaction that waits for the earlier one must not hold it.
  await hold(`workspace:${workspaceId}`);
  await holder.query('commit').finally(() => holder.release());
  await deleting;
});

it('allows a draft to be saved while it is sent', async () => {
  const conversationId = await channel();
  const { member } = team;
  await member.api.drafts.set({ conversationId, content: 'First' });
  await atOnce((at) => [
    member.api.drafts.set({ conversationId, content: `Draft ${at}` }),
    send(member, { conversationId, clearDraft: true }),
    member.api.drafts.set({ conversationId, content: `Again ${at}` }),
  ]);
}, 60_000);

it('allows a thread to be read while a reply is sent', async () => {
  const conversationId = await channel();
  const { id: messageId, seq } = await world.say(conversationId, team.member);
  await send(team.guest, { conversationId, replyTo: messageId });
  await atOnce((at) => [
    send(team.guest, { conversationId, replyTo: messageId }),
    team.member.api.threads.read({ messageId, readSeq: seq + 2 * at + 1 }),
    send(team.owner, { conversationId, replyTo: messageId }),
    team.guest.api.threads.read({ messageId, readSeq: seq + 2 * at + 1 }),
    team.member.api.threads.read({ messageId, readSeq: seq + 2 * at + 2 }),
  ]);
}, 60_000);

it('allows people to change their profile while they are mentioned in threads', async () => {
  const conversationId = await channel();
  const roots = await sayAll(conversationId);
  await atOnce((at) => [
    send(team.owner, { conversationId, replyTo: roots[at]! }, '@gus'),
    team.guest.api.users.updateMe({ name: `Gus ${at}` }),
    team.member.api.users.updateMe({ name: `Mia ${at}` }),
  ]);
}, 60_000);

it('allows messages to be saved and unsaved at once', async () => {
  const conversationId = await channel();
  const { id: messageId } = await world.say(conversationId, team.member);
  await atOnce(() => [
    team.guest.api.saved.add({ messageId }),
    team.guest.api.saved.remove({ messageId }),
    team.guest.api.saved.add({ messageId }),
  ]);
}, 60_000);

it('allows people to hide their receipts while they are mentioned in threads', async () => {
  const conversationId = await channel();
  const roots = await sayAll(conversationId);
  await atOnce((at) => [
    send(team.owner, { conversationId, replyTo: roots[at]! }, '@gus'),
    team.guest.api.users.updateMe({ preferences: { hideReceipts: at % 2 === 0 } }),
    send(team.member, { conversationId, replyTo: roots[at]! }, '@gus'),
  ]);
}, 60_000);

it('allows replies to be deleted and written while retention removes what they reply to', async () => {
  const { transact } = world;
  const conversationId = await channel();
  const threads: { root: string; replies: Message[] }[] = [];
  for (const root of await sayAll(conversationId)) {
    const replies = await Promise.all(
      [team.owner, team.guest].map((who) => send(who, { conversationId, replyTo: root })),
    );
    await team.guest.api.saved.add({ messageId: root });
    threads.push({ root, replies: replies.map(({ message }) => message) });
  }
  await atOnce((at) => {
    const { root, replies } = threads[at]!;
    const [first, second] = replies.map(({ id }) => id);
    return [
      team.owner.api.messages.delete({ messageId: first! }),
      removeBatch(transact, { conversationId, through: replies[0]!.seq, now: new Date() }),
      team.guest.api.messages.delete({ messageId: second! }),
      team.member.api.messages.delete({ messageId: root }),
    ].map((each) => each.catch((error: unknown) => expect(error).toMatchObject({ code: 'not_found' })));
  });
}, 60_000);

it('allows people to change their profile while a workspace of theirs is deleted', async () => {
  const workspaces = await Promise.all(
    Array.from({ length: ROUNDS }, async (_, at) => {
      const { id } = await team.owner.api.workspaces.create({ name: `Team ${at}` });
      return id;
    }),
  );
  const comers = [team.member.userId, team.guest.userId];
  const { db } = world.database;
  await sql`
    insert into membership (workspace_id, account_id, role, joined_at)
    select w, a, 'member', now() from unnest(${workspaces}::uuid[]) w, unnest(${comers}::uuid[]) a
  `.execute(db);
  await sql`
    insert into conversation_member (conversation_id, account_id, role, joined_at)
    select c.id, a, 'member', now() from conversation c, unnest(${comers}::uuid[]) a
    where workspace_id = any(${workspaces}::uuid[])
  `.execute(db);
  await atOnce((at) => [
    team.member.api.users.updateMe({ name: `Mia ${at} there` }),
    team.owner.api.workspaces.delete({ workspaceId: workspaces[at]! }),
    team.guest.api.users.updateMe({ name: `Gus ${at} there` }),
    team.member.api.users.updateMe({ name: `Mia ${at}, not there` }),
  ]);
}, 60_000);

it('allows messages to be written, read, edited and deleted while their notifications are read', async () => {
  const conversationId = await channel();
  const { guest, member, owner } = team;
  const directs = await Promise.all(
    [guest, owner].map(async ({ userId }) => {
      const input = { workspaceId: team.id, kind: 'direct' } as const;
      return (await member.api.conversations.create({ ...input, memberIds: [userId] })).id;
    }),
  );
  for (const { api } of [guest, owner]) await api.notifications.setConversation({ conversationId, level: 'all' });
  const [root, ...said] = await sayAll(conversationId);
  await atOnce((at) =>
    [
      send(member, { conversationId }, '@gus'),
      send(member, { conversationId }),
      send(member, { conversationId, replyTo: root! }, '@gus'),
      ...directs.map((direct) => send(member, { conversationId: direct })),
      guest.api.notifications.readAll({}),
      guest.api.messages.ack({ conversationId, readSeq: 3 * at }),
      guest.api.messages.ack({ conversationId: directs[0]!, readSeq: at }),
      guest.api.threads.read({ messageId: root!, readSeq: 3 * at }),
      member.api.messages.update({ messageId: said[at % said.length]!, content: `Edited ${at}` }),
      ...(at % 2 === 0 ? [member.api.messages.delete({ messageId: said[(at + 7) % said.length]! })] : []),
      guest.api.notifications.setConversation({ conversationId, level: at % 2 === 0 ? 'mentions' : 'all' }),
    ].map((each: Promise<unknown>) =>
      each.catch((error: unknown) => expect(error).toMatchObject({ code: 'conflict' })),
    ),
  );
}, 60_000);
