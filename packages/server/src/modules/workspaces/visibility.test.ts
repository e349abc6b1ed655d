import { type WorkspaceRole, workspaceRole } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';
import { maySee } from './policy.ts';
import { memberPage, seenBy, visibleAmong, visibleMembers, visitorsWhoSee } from './visibility-store.ts';

let world: TestWorld;
let team: Team;
/** Another customer. */
let other: Person;
let caseId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  other = await world.join(team.id, team.owner, 'customer');
  caseId = (await team.customer.api.conversations.create({ workspaceId: team.id, kind: 'support' })).id;
  const { id } = await other.api.conversations.create({ workspaceId: team.id, kind: 'support' });
  // Both have a conversation with the same member.
  for (const conversationId of [caseId, id]) await team.member.api.support.take({ conversationId });
});
afterAll(() => world?.close());

/** The people whom a user sees in the workspace; lists, the snapshot and lookups must agree. */
async function seen({ userId, api }: Person, of = team.id): Promise<string[]> {
  const listed = (await api.members.list({ workspaceId: of, limit: 200 })).items.map(({ user }) => user.id);
  const state = (await api.streams.snapshot({})).workspaces.find(({ id }) => id === of);
  expect(state?.members.map(({ user }) => user.id)).toEqual(listed);
  const everyone = [
    ...Object.values(team).flatMap((who) => (typeof who === 'object' ? [who.userId] : [])),
    other.userId,
  ];
  const present = (await api.presence.list({ userIds: everyone })).items.map((item) => item.userId);
  expect(present.sort()).toEqual(everyone.filter((id) => listed.includes(id)).sort());
  for (const id of everyone.filter((each) => !listed.includes(each))) {
    await expect(api.users.get({ userId: id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(api.presence.get({ userId: id })).rejects.toMatchObject({ code: 'not_found' });
    const message = { toUserId: id, content: 'Psst', clientMessageId: crypto.randomUUID() };
    await expect(api.messages.send(message)).rejects.toMatchObject({ code: 'not_found' });
  }
  expect(listed).toContain(userId);
  return listed;
}
const idsOf = (...people: Person[]) => people.map(({ userId }) => userId).sort();

/** Everything that a user can read in events, as text. */
async function toldTo({ userId, api }: Person): Promise<string> {
  const { asOf } = await api.streams.snapshot({});
  const streams = [`user:${userId}`, ...Object.keys(asOf)] as `user:${string}`[];
  const pages = streams.map(async (stream) => (await api.streams.sync({ stream, after: 0 })).events);
  return JSON.stringify(await Promise.all(pages));
}

describe('whom guests and customers see', () => {
  test('a customer sees those who answer them, and themselves', async () => {
    const { owner, admin, member, customer } = team;
    expect(await seen(customer)).toEqual(idsOf(owner, admin, member, customer));
    expect(await seen(other)).toEqual(idsOf(owner, admin, member, other));
  });

  test('a guest sees those with whom they share a conversation, for as long as they do', async () => {
    const { owner, member, guest } = team;
    expect(await seen(guest)).toEqual(idsOf(guest));
    const { id: conversationId } = await member.api.conversations.create({
      workspaceId: team.id,
      kind: 'group',
      memberIds: [guest.userId, owner.userId],
    });
    expect(await seen(guest)).toEqual(idsOf(owner, member, guest));
    await owner.api.conversations.removeMember({ conversationId, userId: owner.userId });
    expect(await seen(guest)).toEqual(idsOf(member, guest));
    await member.api.conversations.delete({ conversationId });
    expect(await seen(guest)).toEqual(idsOf(guest));
  });

  test('staff see everyone', async () => {
    const all = idsOf(team.owner, team.admin, team.member, team.guest, team.customer, other);
    for (const role of ['owner', 'admin', 'member'] as const) expect(await seen(team[role])).toEqual(all);
  });

  test('nobody can be added to the case of another customer', async () => {
    const add = team.admin.api.conversations.addMember({ conversationId: caseId, userId: other.userId });
    await expect(add).rejects.toMatchObject({ code: 'invalid_input' });
    await team.admin.api.conversations.removeMember({ conversationId: caseId, userId: team.customer.userId });
    await team.admin.api.conversations.addMember({ conversationId: caseId, userId: team.customer.userId });
  });

  test('a name cannot be looked up for people whom the caller does not see', async () => {
    await other.api.users.updateMe({ username: 'other.customer' });
    const run = (username: string) =>
      team.customer.api.commands.run({
        conversationId: caseId,
        text: `/invite @${username}`,
        clientMessageId: crypto.randomUUID(),
      });
    const wrong = await run('nobody.at.all').catch((error: { code: string }) => error.code);
    expect(await run('other.customer').catch((error: { code: string }) => error.code)).toBe(wrong);
  });

  test('no event for a customer contains another one: not for joining, changing, writing or leaving', async () => {
    const { customer, member, owner } = team;
    const third = await world.join(team.id, owner, 'customer');
    const { id: conversationId } = await third.api.conversations.create({ workspaceId: team.id, kind: 'support' });
    await member.api.support.take({ conversationId });
    await world.say(conversationId, third);
    await member.api.support.close({ conversationId });
    await world.say(conversationId, third);
    await third.api.users.updateMe({ name: 'Somebody else' });
    await owner.api.members.update({ workspaceId: team.id, userId: third.userId, role: 'guest' });
    await owner.api.members.update({ workspaceId: team.id, userId: third.userId, role: 'customer' });
    await third.api.workspaces.leave({ workspaceId: team.id });
    const told = await toldTo(customer);
    expect(told).toContain(member.userId);
    expect(told).not.toContain(third.userId);
    expect(told).not.toContain('Somebody else');
    expect(told).not.toContain(conversationId);
    expect(await toldTo(owner)).toContain(third.userId);
  });

  test('the stream of the workspace can be read by staff only', async () => {
    const stream = `workspace:${team.id}` as const;
    for (const role of ['guest', 'customer'] as const) {
      expect((await team[role].api.streams.sync({ stream, after: 0 })).reset).toEqual([stream]);
    }
    expect((await team.member.api.streams.sync({ stream, after: 0 })).reset).toEqual([]);
  });
});

test('the queries match the policy for every pair of roles', async () => {
  const { db } = world.database;
  const place = await world.workspace();
  const everyone: { userId: string; role: WorkspaceRole; friends: boolean }[] = [];
  for (const friends of [true, false]) {
    for (const role of workspaceRole.options) everyone.push({ userId: (await world.person()).userId, role, friends });
  }
  const conversationId = crypto.randomUUID();
  await sql`insert into conversation (id, workspace_id, kind, visibility, topic, auto_join, created_at, version)
    values (${conversationId}, ${place.id}, 'group', 'private', '', false, now(), 1)`.execute(db);
  for (const { userId, role, friends } of everyone) {
    await sql`insert into membership (workspace_id, account_id, role, joined_at) values (${place.id}, ${userId}, ${role}, now())`.execute(
      db,
    );
    if (!friends) continue;
    await sql`insert into conversation_member (conversation_id, account_id, role, joined_at)
      values (${conversationId}, ${userId}, 'member', now())`.execute(db);
  }
  const ids = everyone.map(({ userId }) => userId);
  const among = (found: readonly { userId: string }[]) =>
    found.map(({ userId }) => userId).filter((id) => ids.includes(id));
  for (const viewer of everyone) {
    const view = { workspaceId: place.id, viewerId: viewer.userId };
    const expected = everyone
      .filter((one) => one === viewer || maySee(viewer.role, one.role, viewer.friends && one.friends))
      .map(({ userId }) => userId)
      .sort();
    expect(among(await visibleMembers(db, [view]))).toEqual(expected);
    expect(among(await memberPage(db, view, { after: undefined, limit: 200 }))).toEqual(expected);
    expect((await seenBy(db, viewer.userId, ids)).sort()).toEqual(expected);
    const [some] = await visibleAmong(db, [{ ...view, userIds: ids }]);
    expect(among(some ?? [])).toEqual(expected);
    const others = await visibleAmong(db, [{ ...view, userIds: ids.filter((id) => id !== viewer.userId) }]);
    expect(among(others[0] ?? [])).toEqual(expected.filter((id) => id !== viewer.userId));
  }
  const visits = (role: WorkspaceRole) => role === 'guest' || role === 'customer';
  const told = (await visitorsWhoSee(db, ids)).map(({ viewerId, userId }) => `${viewerId} ${userId}`).sort();
  const wanted = everyone.flatMap((viewer) =>
    everyone.flatMap((one) => {
      const sees =
        visits(viewer.role) && viewer !== one && maySee(viewer.role, one.role, viewer.friends && one.friends);
      return sees ? [`${viewer.userId} ${one.userId}`] : [];
    }),
  );
  expect(told).toEqual(wanted.sort());
  expect(await visibleAmong(db, [{ workspaceId: place.id, viewerId: crypto.randomUUID(), userIds: ids }])).toEqual([
    undefined,
  ]);
});

test('the visitors who see 5,000 people of one channel are found quickly, and without visitors it costs nothing', async () => {
  const place = await world.workspace();
  const rows = sql`select gen_random_uuid() as id from generate_series(1, 5000)`;
  const ids = await world.database.transaction(async (tx) => {
    const made = await sql<{ id: string }>`
      with new as (${rows}), accounts as (
        insert into account (id, email, name) select id, id || '@example.test', 'Someone' from new returning id
      ) select id from accounts`.execute(tx);
    const all = made.rows.map(({ id }) => id);
    await sql`insert into membership (workspace_id, account_id, role, joined_at)
      select ${place.id}::uuid, id, 'member', now() from unnest(${all}::uuid[]) id`.execute(tx);
    await sql`insert into conversation_member (conversation_id, account_id, role, joined_at)
      select ${place.general}::uuid, id, 'member', now() from unnest(${all}::uuid[]) id`.execute(tx);
    return all;
  });
  const found = () =>
    world.database.transaction(async (tx) => {
      // Via everyone who shares a conversation there would be 25 million pairs.
      await sql`set local statement_timeout = '2s'`.execute(tx);
      return visitorsWhoSee(tx, ids);
    });
  expect(await found()).toEqual([]);
  await sql`insert into conversation_member (conversation_id, account_id, role, joined_at)
    values (${place.general}, ${place.guest.userId}, 'member', now())`.execute(world.database.db);
  expect(new Set((await found()).map(({ viewerId }) => viewerId))).toEqual(new Set([place.guest.userId]));
  expect(await found()).toHaveLength(ids.length);
});
