import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../test/world.ts';
import { pruneOnce } from '../../platform/stream/pruning.ts';
import { clearRemoved } from './cleanup/clearing.ts';
import { conversationAudience } from './rows/audience.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
});
beforeEach(async () => {
  team = await world.workspace();
  await world.told();
});
afterAll(() => world.close());

const mine = async (person: Person) => (await person.api.conversations.list({ workspaceId: team.id })).items;

describe('a workspace', () => {
  it('starts with a public channel that its staff join, but not its visitors', async () => {
    const [general] = await mine(team.owner);
    expect(general).toMatchObject({ id: team.general, name: 'general', kind: 'channel', visibility: 'public' });
    for (const role of ['admin', 'member'] as const)
      expect(await mine(team[role])).toMatchObject([{ id: team.general }]);
    for (const role of ['guest', 'customer'] as const) expect(await mine(team[role])).toEqual([]);
    const { members } = await team.member.api.conversations.get({ conversationId: team.general });
    expect(members.filter(({ role }) => role === 'manager').map(({ userId }) => userId)).toEqual([team.owner.userId]);
  });

  it('adds people to that channel whatever its name, but not once it is archived or deleted', async () => {
    const { conversations } = team.owner.api;
    await conversations.update({ conversationId: team.general, name: 'lobby' });
    expect(await mine(await world.join(team.id, team.owner, 'member'))).toMatchObject([{ name: 'lobby' }]);
    await conversations.update({ conversationId: team.general, archived: true });
    expect(await mine(await world.join(team.id, team.owner, 'member'))).toEqual([]);
    await conversations.delete({ conversationId: team.general });
    expect(await mine(await world.join(team.id, team.owner, 'member'))).toEqual([]);
  });

  it('deletes its conversations when it is deleted, and tells everyone', async () => {
    await world.say(team.general, team.member);
    const memberIds = [team.member.userId];
    const direct = await team.owner.api.conversations.create({ workspaceId: team.id, kind: 'direct', memberIds });
    await world.told();
    await team.owner.api.workspaces.delete({ workspaceId: team.id });
    const left = (await world.told()).filter(({ type }) => type.endsWith(':left'));
    const unfollowed = (who: Person) =>
      left.filter(({ stream }) => stream === `user:${who.userId}`).map(({ effect }) => effect?.unfollow);
    const general = `conversation:${team.general}`;
    expect(left).toHaveLength(5);
    expect(unfollowed(team.member)).toEqual([
      [`workspace:${team.id}`, ...[general, `conversation:${direct.id}`].sort()],
    ]);
    expect(unfollowed(team.admin)).toEqual([[`workspace:${team.id}`, general]]);
    expect(unfollowed(team.guest)).toEqual([[`workspace:${team.id}`]]);
    await clearRemoved(world.database, new AbortController().signal);
    await pruneOnce(world.database, new Date());
    const { rows } = await sql`
      select 'message' from message where conversation_id = ${team.general}
      union all select 'conversation' from conversation where workspace_id = ${team.id}
      union all select 'event' from event where stream = ${`conversation:${team.general}`}
      union all select 'stream' from stream where name = ${`conversation:${team.general}`}
    `.execute(world.database.db);
    expect(rows).toEqual([]);
  });
});

describe('a person who leaves', () => {
  it('leaves all conversations of that workspace and of no other', async () => {
    const elsewhere = await world.workspace();
    await world.join(elsewhere.id, elsewhere.owner, 'member', team.member);
    const memberIds = [team.member.userId];
    const group = await team.owner.api.conversations.create({ workspaceId: team.id, kind: 'group', memberIds });
    await world.told();
    await team.owner.api.members.remove({ workspaceId: team.id, userId: team.member.userId });
    const told = await world.told();
    for (const id of [group.id, team.general]) {
      expect(told).toContainEqual(
        expect.objectContaining({
          stream: `conversation:${id}`,
          type: 'conversation:memberLeft',
          effect: { leave: [team.member.userId] },
        }),
      );
    }
    const { items } = await team.member.api.conversations.list({});
    expect(items).toMatchObject([{ id: elsewhere.general }]);
  });
});

describe('a change of role', () => {
  const give = (person: Person, role: 'member' | 'guest' | 'customer') =>
    team.owner.api.members.update({ workspaceId: team.id, userId: person.userId, role });

  it('removes customers from everything except support cases', async () => {
    const memberIds = [team.member.userId];
    await team.owner.api.conversations.create({ workspaceId: team.id, kind: 'direct', memberIds });
    await give(team.member, 'customer');
    expect(await mine(team.member)).toEqual([]);
    const { id } = await team.member.api.conversations.create({ workspaceId: team.id, kind: 'support' });
    await give(team.member, 'guest');
    expect((await mine(team.member)).map((item) => item.id)).not.toContain(id);
  });

  it('adds new staff to the first channel, but nobody who has left it', async () => {
    await give(team.guest, 'member');
    expect(await mine(team.guest)).toMatchObject([{ id: team.general }]);
    const { userId, api } = team.member;
    await api.conversations.removeMember({ conversationId: team.general, userId });
    await team.owner.api.members.update({ workspaceId: team.id, userId, role: 'admin' });
    expect(await mine(team.member)).toEqual([]);
  });
});

describe('the stream of a conversation', () => {
  it('can be read by its members, not by everyone who could see it', async () => {
    const { db } = world.database;
    const { id } = await team.owner.api.conversations.create({ workspaceId: team.id, kind: 'channel', name: 'New' });
    const { readableBy } = conversationAudience;
    const followedBy = async (userId: string) =>
      (await conversationAudience.followedBy(userId).execute(db)).rows.map((row) => row.id);
    expect((await followedBy(team.owner.userId)).sort()).toEqual([team.general, id].sort());
    expect(await readableBy(db, team.owner.userId, [id, team.general, crypto.randomUUID()])).toHaveLength(2);
    expect(await readableBy(db, team.member.userId, [id])).toEqual([]);
    expect(await followedBy(team.customer.userId)).toEqual([]);
  });
});
