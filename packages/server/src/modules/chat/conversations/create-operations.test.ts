import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
beforeEach(async () => {
  await world.told();
});
afterAll(() => world.close());

const ids = (members: readonly { userId: string }[]) => members.map(({ userId }) => userId);

describe('channels', () => {
  it('are managed by their creator, with the given members', async () => {
    const { api } = team.member;
    const memberIds = [team.guest.userId, team.guest.userId, team.member.userId];
    const made = await api.conversations.create({ workspaceId: team.id, kind: 'channel', name: 'News', memberIds });
    expect(made).toMatchObject({
      kind: 'channel',
      visibility: 'public',
      name: 'News',
      topic: '',
      version: 1,
      unread: 0,
    });
    expect(made.members).toHaveLength(2);
    expect(made.members).toContainEqual(expect.objectContaining({ userId: team.member.userId, role: 'manager' }));
    expect(made.members).toContainEqual(expect.objectContaining({ userId: team.guest.userId, role: 'member' }));
    expect(made.can).toMatchObject({ send: true, update: true, delete: true });
    expect(await api.conversations.get({ conversationId: made.id })).toEqual(made);
  });

  it('are announced to all members, and to the workspace', async () => {
    const { api, userId } = team.member;
    const { id } = await api.conversations.create({
      workspaceId: team.id,
      kind: 'channel',
      name: 'Told',
      visibility: 'private',
    });
    const told = (await world.told()).map(({ stream, type, effect }) => ({ stream, type, effect }));
    expect(told).toHaveLength(2);
    expect(told).toContainEqual({
      stream: `user:${userId}`,
      type: 'conversation:joined',
      effect: { follow: [`conversation:${id}`] },
    });
    expect(told).toContainEqual({
      stream: `conversation:${id}`,
      type: 'conversation:memberJoined',
      effect: { join: [userId] },
    });
  });

  it('have a unique name in the workspace, ignoring case', async () => {
    const { api } = team.member;
    await api.conversations.create({ workspaceId: team.id, kind: 'channel', name: 'Größe' });
    const again = api.conversations.create({ workspaceId: team.id, kind: 'channel', name: 'GRÖßE' });
    await expect(again).rejects.toMatchObject({ code: 'conflict', details: { errors: [{ path: 'name' }] } });
    const elsewhere = await world.workspace();
    await elsewhere.owner.api.conversations.create({ workspaceId: elsewhere.id, kind: 'channel', name: 'Größe' });
  });

  it('can be created by staff', async () => {
    for (const role of ['guest', 'customer'] as const) {
      const made = team[role].api.conversations.create({ workspaceId: team.id, kind: 'channel', name: role });
      await expect(made).rejects.toMatchObject({ code: 'forbidden' });
    }
    const stranger = await world.person();
    const made = stranger.api.conversations.create({ workspaceId: team.id, kind: 'channel', name: 'stranger' });
    await expect(made).rejects.toMatchObject({ code: 'not_found' });
  });

  it('cannot have members from outside the workspace or customers, and the error says who', async () => {
    const stranger = await world.person();
    const memberIds = [team.admin.userId, stranger.userId, team.customer.userId];
    const made = team.member.api.conversations.create({
      workspaceId: team.id,
      kind: 'channel',
      name: 'Mixed',
      memberIds,
    });
    await expect(made).rejects.toMatchObject({
      code: 'invalid_input',
      details: {
        errors: [
          { path: 'memberIds[1]', code: 'not_member' },
          { path: 'memberIds[2]', code: 'role' },
        ],
      },
    });
    const { items } = await team.member.api.conversations.list({ workspaceId: team.id, scope: 'directory' });
    expect(items.map(({ name }) => name)).not.toContain('Mixed');
    expect(await world.told()).toEqual([]);
  });
});

describe('groups', () => {
  it('are private, with or without a name, which need not be unique', async () => {
    const input = { workspaceId: team.id, kind: 'group' as const, name: 'Lunch', memberIds: [team.admin.userId] };
    const first = await team.member.api.conversations.create({ ...input, visibility: 'public' });
    const second = await team.member.api.conversations.create(input);
    expect(first.visibility).toBe('private');
    expect(second.id).not.toBe(first.id);
  });

  it('need another member', async () => {
    const memberIds = [team.member.userId];
    const made = team.member.api.conversations.create({ workspaceId: team.id, kind: 'group', memberIds });
    await expect(made).rejects.toMatchObject({ code: 'invalid_input', details: { errors: [{ path: 'memberIds' }] } });
  });
});

describe('direct conversations', () => {
  it('are unique for each pair, whoever creates it and however many at once', async () => {
    const [a, b] = [team.member, team.admin];
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, at) => {
        const [from, to] = at % 2 ? [a, b] : [b, a];
        return from.api.conversations.create({ workspaceId: team.id, kind: 'direct', memberIds: [to.userId] });
      }),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    expect(ids(made[0]!.members)).toEqual([a.userId, b.userId].sort());
    const joined = (await world.told()).filter(({ type }) => type === 'conversation:joined');
    expect(joined.map(({ stream }) => stream).sort()).toEqual([`user:${a.userId}`, `user:${b.userId}`].sort());
  });

  it('are separate in another workspace', async () => {
    const other = await world.workspace();
    await world.join(other.id, other.owner, 'member', team.member);
    const memberIds = [team.owner.userId];
    const here = await team.member.api.conversations.create({ workspaceId: team.id, kind: 'direct', memberIds });
    const there = await team.member.api.conversations.create({
      workspaceId: other.id,
      kind: 'direct',
      memberIds: [other.owner.userId],
    });
    expect(there.id).not.toBe(here.id);
  });

  it('get back a member who had to leave', async () => {
    const someone = await world.join(team.id, team.owner, 'member');
    const input = { workspaceId: team.id, kind: 'direct' } as const;
    const first = await team.member.api.conversations.create({ ...input, memberIds: [someone.userId] });
    await team.owner.api.members.remove({ workspaceId: team.id, userId: someone.userId });
    expect((await team.member.api.conversations.get({ conversationId: first.id })).members).toHaveLength(1);
    await world.join(team.id, team.owner, 'member', someone);
    await world.told();
    const again = await someone.api.conversations.create({ ...input, memberIds: [team.member.userId] });
    expect(again.id).toBe(first.id);
    expect(again.members).toHaveLength(2);
    // Streams are listed by name, so in any order of the two people.
    expect((await world.told()).map(({ type }) => type).sort()).toEqual([
      'conversation:can',
      'conversation:can',
      'conversation:joined',
      'conversation:memberJoined',
      // Messages can be sent again.
      'conversation:updated',
    ]);
  });

  it('are not available to customers', async () => {
    const memberIds = [team.customer.userId];
    const made = team.member.api.conversations.create({ workspaceId: team.id, kind: 'direct', memberIds });
    await expect(made).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'memberIds[0]' }] },
    });
  });
});

describe('support cases', () => {
  it('of a customer get the admins of the workspace as managers', async () => {
    const made = await team.customer.api.conversations.create({
      workspaceId: team.id,
      kind: 'support',
      name: 'Broken',
    });
    expect(
      made.members
        .filter(({ role }) => role === 'manager')
        .map(({ userId }) => userId)
        .sort(),
    ).toEqual([team.owner.userId, team.admin.userId].sort());
    expect(made.can).toMatchObject({ send: true, update: false, delete: false, leave: false, addMembers: false });
    await expect(team.guest.api.conversations.get({ conversationId: made.id })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('for a customer are managed by their creator', async () => {
    const input = { workspaceId: team.id, kind: 'support' } as const;
    const made = await team.member.api.conversations.create({ ...input, memberIds: [team.customer.userId] });
    expect(made.members).toContainEqual(expect.objectContaining({ userId: team.member.userId, role: 'manager' }));
    expect(made.members).toContainEqual(expect.objectContaining({ userId: team.customer.userId, role: 'member' }));
    const wrong = team.member.api.conversations.create({ ...input, memberIds: [team.admin.userId] });
    await expect(wrong).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [{ path: 'memberIds[0]' }] },
    });
  });
});

it('cannot be created by people who are in the maximum number of conversations', async () => {
  const busy = await world.join(team.id, team.owner, 'member');
  await sql`
    with made as (
      insert into conversation (id, workspace_id, kind, visibility, name, created_at)
      select gen_random_uuid(), ${team.id}, 'group', 'private', 'Many', now() from generate_series(1, 1700)
      returning id
    )
    insert into conversation_member (conversation_id, account_id, role, joined_at)
    select id, ${busy.userId}, 'member', now() from made
  `.execute(world.database.db);
  const input = { workspaceId: team.id, kind: 'group' as const, memberIds: [busy.userId] };
  await expect(team.member.api.conversations.create(input)).rejects.toMatchObject({ code: 'conflict' });
});
