import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

const channel = (name: string, visibility: 'public' | 'private' = 'public') =>
  team.member.api.conversations.create({ workspaceId: team.id, kind: 'channel', name, visibility });

describe('the list of conversations', () => {
  it('contains the caller’s conversations, latest active first, page by page without loss or repetition', async () => {
    const space = await world.workspace();
    const { api } = space.member;
    const made: string[] = [space.general];
    for (let at = 0; at < 5; at += 1) {
      const name = `CachedConversation ${at}`;
      made.push((await api.conversations.create({ workspaceId: space.id, kind: 'channel', name })).id);
    }
    const [, , third] = made;
    await space.owner.api.conversations.join({ conversationId: third! });
    const { id: lastId } = await world.say(third!, space.owner);
    const expected = [third, ...made.filter((id) => id !== third).reverse()];
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.conversations.list({ workspaceId: space.id, limit: 2, ...(cursor && { cursor }) });
      if (cursor === undefined) {
        expect(page.items[0]).toMatchObject({ id: third, joined: true, unread: 1, lastMessage: { id: lastId } });
      }
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(seen).toEqual(expected);
  });

  it('spans workspaces unless one is given', async () => {
    const other = await world.workspace();
    await world.join(other.id, other.owner, 'member', team.admin);
    const all = (await team.admin.api.conversations.list({})).items.map(({ workspaceId }) => workspaceId);
    const one = (await team.admin.api.conversations.list({ workspaceId: other.id })).items;
    expect(new Set(all)).toEqual(new Set([team.id, other.id]));
    expect(one.map(({ workspaceId }) => workspaceId)).toEqual([other.id]);
  });

  it('shows the public channels of a workspace to its staff', async () => {
    const open = await channel('Open');
    const closed = await channel('Closed', 'private');
    const { items } = await team.owner.api.conversations.list({ workspaceId: team.id, scope: 'directory' });
    expect(items).toContainEqual(expect.objectContaining({ id: open.id, joined: false, unread: 0 }));
    expect(items).toContainEqual(expect.objectContaining({ id: team.general, joined: true }));
    expect(items.map(({ id }) => id)).not.toContain(closed.id);
    const browse = (person: Person) => person.api.conversations.list({ workspaceId: team.id, scope: 'directory' });
    await expect(browse(team.guest)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(browse(team.customer)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(browse(await world.person())).rejects.toMatchObject({ code: 'not_found' });
    await expect(team.owner.api.conversations.list({ scope: 'directory' })).rejects.toMatchObject({
      code: 'invalid_input',
    });
  });

  it.each([
    ['of another list', [1, 'x']],
    ['out of range', [1e300, crypto.randomUUID()]],
    ['with a broken number', [0.5, crypto.randomUUID()]],
  ])('refuses a cursor %s', async (_, parts) => {
    const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
    await expect(team.owner.api.conversations.list({ cursor })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('one conversation', () => {
  it('is visible to its members, and a public channel to all staff', async () => {
    const { id } = await channel('Glass');
    const { id: secret } = await channel('Walls', 'private');
    const seen = await team.admin.api.conversations.get({ conversationId: id });
    expect(seen).toMatchObject({ id, receipts: [], unread: 0, can: { join: true, send: false, delete: true } });
    const hidden = [
      [team.guest, id],
      [team.customer, id],
      [team.owner, secret],
      [team.member, crypto.randomUUID()],
    ] as const;
    for (const [person, conversationId] of hidden) {
      await expect(person.api.conversations.get({ conversationId })).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('counts unread messages, without the caller’s own', async () => {
    const { id } = await channel('Talk');
    await team.admin.api.conversations.join({ conversationId: id });
    await world.say(id, team.member, 'one');
    const { seq } = await world.say(id, team.member, 'two');
    await world.say(id, team.admin, 'three');
    expect(await team.admin.api.conversations.get({ conversationId: id })).toMatchObject({
      unread: 2,
      lastMessage: { content: 'three', senderId: team.admin.userId },
    });
    expect((await team.member.api.conversations.get({ conversationId: id })).unread).toBe(1);
    await sql`
      update conversation_member set read_seq = ${seq} where conversation_id = ${id} and account_id = ${team.admin.userId}
    `.execute(world.database.db);
    expect((await team.admin.api.conversations.get({ conversationId: id })).unread).toBe(0);
  });

  it('counts unread messages up to a thousand', async () => {
    const { id } = await channel('Flood');
    await team.admin.api.conversations.join({ conversationId: id });
    await sql`
      insert into message (id, conversation_id, seq, sender_id, client_message_id, type, content, created_at)
      select gen_random_uuid(), ${id}, 100 + n, ${team.member.userId}, gen_random_uuid(), 'text', 'x', now()
      from generate_series(1, 1200) n
    `.execute(world.database.db);
    expect((await team.admin.api.conversations.get({ conversationId: id })).unread).toBe(1000);
  });
});

describe('changing a conversation', () => {
  it('renames it, sets the topic, raises the version and emits one event', async () => {
    const { id } = await channel('Before');
    await world.told();
    const { api } = team.member;
    const changed = await api.conversations.update({ conversationId: id, name: 'After', topic: 'New', version: 1 });
    expect(changed).toMatchObject({ name: 'After', topic: 'New', version: 2 });
    const told = await world.told();
    expect(told).toMatchObject([
      { stream: `conversation:${id}`, type: 'conversation:updated', body: { conversationId: id } },
    ]);
    const same = await api.conversations.update({ conversationId: id, name: 'After', topic: 'New', version: 2 });
    expect(same.version).toBe(2);
    expect(await api.conversations.update({ conversationId: id })).toEqual(same);
    expect(await world.told()).toEqual([]);
  });

  it('refuses an outdated version with the current state, and accepts one of two parallel changes', async () => {
    const { id } = await channel('Contended');
    const { api } = team.member;
    const results = await Promise.allSettled(
      ['x', 'y', 'z'].map((topic) => api.conversations.update({ conversationId: id, topic, version: 1 })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const current = await api.conversations.get({ conversationId: id });
    expect(current.version).toBe(2);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({
      code: 'version_conflict',
      details: { current: { id, topic: current.topic, version: 2 } },
    });
  });

  it('refuses the name of another channel', async () => {
    await channel('Taken');
    const { id } = await channel('Free');
    const renamed = team.member.api.conversations.update({ conversationId: id, name: 'taken' });
    await expect(renamed).rejects.toMatchObject({ code: 'conflict', details: { errors: [{ path: 'name' }] } });
    await team.member.api.conversations.update({ conversationId: id, name: 'FREE' });
  });

  it('is permitted to managers', async () => {
    const memberIds = [team.admin.userId, team.guest.userId];
    const { id } = await team.member.api.conversations.create({ workspaceId: team.id, kind: 'group', memberIds });
    await team.admin.api.conversations.update({ conversationId: id, topic: 'mine' });
    const refused = team.guest.api.conversations.update({ conversationId: id, topic: 'no' });
    await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    const direct = await team.member.api.conversations.create({
      workspaceId: team.id,
      kind: 'direct',
      memberIds: [team.owner.userId],
    });
    for (const change of [{ name: 'x' }, { topic: 'x' }, { archived: true }]) {
      const changed = team.owner.api.conversations.update({ conversationId: direct.id, ...change });
      await expect(changed).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('is refused while it is archived', async () => {
    const { id } = await channel('Old');
    const { api } = team.member;
    const archived = await api.conversations.update({ conversationId: id, archived: true });
    expect(archived.archivedAt).not.toBeNull();
    expect(archived.can).toMatchObject({ send: false, update: false, archive: true, addMembers: false });
    const renamed = api.conversations.update({ conversationId: id, name: 'Older' });
    await expect(renamed).rejects.toMatchObject({ code: 'archived' });
    expect((await api.conversations.update({ conversationId: id, archived: true })).version).toBe(archived.version);
    const back = await api.conversations.update({ conversationId: id, archived: false, name: 'Older' });
    expect(back).toMatchObject({ archivedAt: null, name: 'Older', version: archived.version + 1 });
  });
});

describe('deleting a conversation', () => {
  it('deletes everything of it, and tells all members', async () => {
    const { id } = await channel('Gone');
    await team.admin.api.conversations.join({ conversationId: id });
    await world.say(id, team.admin);
    await world.told();
    await team.member.api.conversations.delete({ conversationId: id });
    const told = (await world.told()).map(({ stream, type, body, effect }) => ({ stream, type, body, effect }));
    const left = (userId: string) => ({
      stream: `user:${userId}`,
      type: 'conversation:left',
      body: { conversationId: id },
      effect: { unfollow: [`conversation:${id}`] },
    });
    expect(told).toHaveLength(2);
    expect(told).toContainEqual(left(team.member.userId));
    expect(told).toContainEqual(left(team.admin.userId));
    const { rows } = await sql`
      select id::text from conversation where id = ${id}
      union all select conversation_id::text from conversation_member where conversation_id = ${id}
      union all select name from stream where name = ${`conversation:${id}`}
    `.execute(world.database.db);
    expect(rows).toEqual([]);
    const again = team.member.api.conversations.delete({ conversationId: id });
    await expect(again).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is permitted to managers, and refused for direct conversations', async () => {
    const { id } = await channel('Kept');
    const direct = await team.member.api.conversations.create({
      workspaceId: team.id,
      kind: 'direct',
      memberIds: [team.admin.userId],
    });
    const other = await world.join(team.id, team.owner, 'member');
    await expect(other.api.conversations.delete({ conversationId: id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(team.admin.api.conversations.delete({ conversationId: direct.id })).rejects.toMatchObject({
      code: 'forbidden',
    });
    await team.owner.api.conversations.delete({ conversationId: id });
  });
});
