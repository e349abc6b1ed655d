import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PASSWORD, type TestApp, testApp } from '../../../../test/app.ts';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
/** The manager. */
let runner: Person;
/** A member for longer than `late`. */
let early: Person;
let late: Person;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());

beforeEach(async () => {
  team = await world.workspace();
  runner = await world.join(team.id, team.owner, 'member');
  early = await world.join(team.id, team.owner, 'member');
  late = await world.join(team.id, team.owner, 'member');
  const input = { workspaceId: team.id, kind: 'channel', visibility: 'private', name: randomUUID() } as const;
  const memberIds = [team.guest.userId];
  conversationId = (await runner.api.conversations.create({ ...input, memberIds })).id;
  for (const { userId } of [early, late]) await runner.api.conversations.addMember({ conversationId, userId });
  await world.told();
});

const managers = async () => {
  const { rows } = await sql<{ id: string }>`
    select account_id as id from conversation_member where conversation_id = ${conversationId} and role = 'manager'
  `.execute(world.database.db);
  return rows.map(({ id }) => id);
};
const toldOf = async () =>
  (await world.told()).flatMap(({ stream, type, body }) =>
    type === 'conversation:memberUpdated' && stream === `conversation:${conversationId}` ? [body] : [],
  );

describe('the longest-standing staff member becomes manager', () => {
  const roads: [string, () => Promise<unknown>][] = [
    ['leaves it', () => runner.api.conversations.removeMember({ conversationId, userId: runner.userId })],
    ['leaves the workspace', () => runner.api.workspaces.leave({ workspaceId: team.id })],
    [
      'is taken out of the workspace',
      () => team.owner.api.members.remove({ workspaceId: team.id, userId: runner.userId }),
    ],
    [
      'becomes a customer',
      () => team.owner.api.members.update({ workspaceId: team.id, userId: runner.userId, role: 'customer' }),
    ],
  ];

  it.each(roads)('when the one who ran it %s', async (_, go) => {
    await go();
    expect(await managers()).toEqual([early.userId]);
    expect(await toldOf()).toMatchObject([{ conversationId, member: { userId: early.userId, role: 'manager' } }]);
    const { can } = await early.api.conversations.get({ conversationId });
    expect(can).toMatchObject({ update: true, archive: true, delete: true, removeMembers: true });
    await early.api.conversations.removeMember({ conversationId, userId: late.userId });
    await early.api.conversations.removeMember({ conversationId, userId: early.userId });
    expect(await managers()).toEqual([team.guest.userId]);
  });

  it('when the admin who managed it by that role is demoted', async () => {
    await team.owner.api.members.update({ workspaceId: team.id, userId: late.userId, role: 'admin' });
    await late.api.conversations.removeMember({ conversationId, userId: runner.userId });
    expect(await managers()).toEqual([]);
    expect(await toldOf()).toEqual([]);
    await team.owner.api.members.update({ workspaceId: team.id, userId: late.userId, role: 'member' });
    expect(await managers()).toEqual([early.userId]);
    expect(await toldOf()).toHaveLength(1);
  });

  it('once, when all of them leave at the same time', async () => {
    const leave = ({ api, userId }: Person) => api.conversations.removeMember({ conversationId, userId });
    await Promise.all([runner, early, late].map(leave));
    expect(await managers()).toEqual([team.guest.userId]);
  });
});

describe('when an account is deleted', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await testApp();
  });
  afterAll(() => app.close());

  it('another member manages its conversations', async () => {
    const [ann, ben, cat] = [await app.person('Ann'), await app.person('Ben'), await app.person('Cat')];
    const { id: workspaceId } = await ann.call('workspaces.create', { name: 'Garden' });
    const { code } = await ann.call('workspaces.joinCode', { workspaceId });
    for (const each of [ben, cat]) await each.call('workspaces.join', { code });
    const memberIds = [cat.userId];
    const { id } = await ben.call('conversations.create', { workspaceId, kind: 'group', memberIds });
    expect((await cat.call('conversations.get', { conversationId: id })).can).toMatchObject({ delete: false });
    await ben.call('users.delete', { password: PASSWORD });
    expect((await cat.call('conversations.get', { conversationId: id })).can).toMatchObject({ delete: true });
  });
});
