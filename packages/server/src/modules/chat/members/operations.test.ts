import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

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

const open = (kind: 'channel' | 'group', memberIds: string[], visibility: 'public' | 'private' = 'private') =>
  team.member.api.conversations.create({
    workspaceId: team.id,
    kind,
    visibility,
    name: crypto.randomUUID(),
    memberIds,
  });

/** Adds members directly to the table, without events. */
async function fill(conversationId: string, count: number): Promise<void> {
  await sql`
    with people as (
      insert into account (id, email, name)
      select gen_random_uuid(), gen_random_uuid() || '@example.test', 'Extra'
      from generate_series(1, ${count} - (
        select count(*)::int from conversation_member where conversation_id = ${conversationId}
      ))
      returning id
    )
    insert into conversation_member (conversation_id, account_id, role, joined_at)
    select ${conversationId}, id, 'member', now() from people
  `.execute(world.database.db);
}

async function hideReceipts(person: Person, hide: boolean): Promise<void> {
  await sql`
    update account set preferences = ${JSON.stringify({ hideReceipts: hide })}::jsonb where id = ${person.userId}
  `.execute(world.database.db);
}

describe('adding someone', () => {
  it('is announced to them and to all members, and marks earlier messages as read', async () => {
    const { id } = await open('channel', []);
    await world.say(id, team.member);
    const { seq } = await world.say(id, team.member);
    await world.told();
    const added = await team.member.api.conversations.addMember({ conversationId: id, userId: team.guest.userId });
    expect(added).toMatchObject({ userId: team.guest.userId, role: 'member' });
    const receipt = { userId: team.guest.userId, deliveredSeq: seq, readSeq: seq };
    expect(await world.told()).toMatchObject([
      { stream: `conversation:${id}`, type: 'conversation:memberJoined', body: { member: added, receipt } },
      { stream: `user:${team.guest.userId}`, type: 'conversation:joined' },
      { stream: `user:${team.guest.userId}`, type: 'workspace:people', body: { userIds: [team.member.userId] } },
    ]);
    const seen = await team.guest.api.conversations.get({ conversationId: id });
    expect(seen).toMatchObject({ unread: 0, can: { send: true, addMembers: false } });
    expect(seen.receipts).toContainEqual(receipt);
    const again = team.member.api.conversations.addMember({ conversationId: id, userId: team.guest.userId });
    await expect(again).rejects.toMatchObject({ code: 'already_member' });
    expect(await world.told()).toEqual([]);
  });

  it('is refused to visitors, for strangers and customers, in direct and archived conversations', async () => {
    const { id } = await open('group', [team.guest.userId]);
    const add = (who: Person, userId: string, conversationId = id) =>
      who.api.conversations.addMember({ conversationId, userId });
    await expect(add(team.guest, team.admin.userId)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(add(team.admin, team.admin.userId)).rejects.toMatchObject({ code: 'not_found' });
    for (const userId of [(await world.person()).userId, crypto.randomUUID(), team.customer.userId]) {
      await expect(add(team.member, userId)).rejects.toMatchObject({
        code: 'invalid_input',
        details: { errors: [{ path: 'userId' }] },
      });
    }
    const direct = await team.member.api.conversations.create({
      workspaceId: team.id,
      kind: 'direct',
      memberIds: [team.admin.userId],
    });
    await expect(add(team.member, team.owner.userId, direct.id)).rejects.toMatchObject({ code: 'forbidden' });
    await team.member.api.conversations.update({ conversationId: id, archived: true });
    await expect(add(team.member, team.owner.userId)).rejects.toMatchObject({ code: 'archived' });
  });

  it('never succeeds for a person who is being removed from the workspace', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { id } = await open('channel', []);
      const someone = await world.join(team.id, team.owner, 'member');
      await Promise.allSettled([
        team.member.api.conversations.addMember({ conversationId: id, userId: someone.userId }),
        team.owner.api.members.remove({ workspaceId: team.id, userId: someone.userId }),
      ]);
      const { rows } = await sql`
        select from conversation_member where account_id = ${someone.userId}
      `.execute(world.database.db);
      expect(rows).toEqual([]);
    }
  });
});

describe('joining', () => {
  it('is possible for staff', async () => {
    const { id } = await open('channel', [], 'public');
    const joined = await team.admin.api.conversations.join({ conversationId: id });
    expect(joined).toMatchObject({ id, can: { send: true, join: false } });
    expect(joined.members.map(({ userId }) => userId)).toContain(team.admin.userId);
    await expect(team.admin.api.conversations.join({ conversationId: id })).rejects.toMatchObject({
      code: 'already_member',
    });
    for (const who of [team.guest, team.customer, await world.person()]) {
      await expect(who.api.conversations.join({ conversationId: id })).rejects.toMatchObject({ code: 'not_found' });
    }
    await team.member.api.conversations.update({ conversationId: id, archived: true });
    await expect(team.owner.api.conversations.join({ conversationId: id })).rejects.toMatchObject({
      code: 'archived',
    });
  });

  it('counts once however often it is tried at the same time', async () => {
    const { id } = await open('channel', [], 'public');
    await world.told();
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => team.admin.api.conversations.join({ conversationId: id })),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await world.told()).filter(({ type }) => type === 'conversation:memberJoined')).toHaveLength(1);
  });
});

describe('archiving', () => {
  it('stops sending immediately, also by members who have just sent', async () => {
    const { id } = await open('channel', []);
    await world.say(id, team.member);
    await team.member.api.conversations.update({ conversationId: id, archived: true });
    await expect(world.say(id, team.member)).rejects.toMatchObject({ code: 'archived' });
    await team.member.api.conversations.update({ conversationId: id, archived: false });
    await world.say(id, team.member);
  });
});

describe('leaving and removing', () => {
  it('is announced to them and to all members', async () => {
    const { id } = await open('group', [team.admin.userId, team.guest.userId]);
    await world.told();
    await team.guest.api.conversations.removeMember({ conversationId: id, userId: team.guest.userId });
    const { userId } = team.guest;
    expect(await world.told()).toMatchObject([
      {
        stream: `conversation:${id}`,
        type: 'conversation:memberLeft',
        body: { conversationId: id, userId },
        effect: { leave: [userId] },
      },
      {
        stream: `user:${userId}`,
        type: 'conversation:left',
        body: { conversationId: id },
        effect: { unfollow: [`conversation:${id}`] },
      },
      { stream: `user:${userId}`, type: 'workspace:people' },
    ]);
    await expect(team.guest.api.conversations.get({ conversationId: id })).rejects.toMatchObject({
      code: 'not_found',
    });
    await team.member.api.conversations.removeMember({ conversationId: id, userId: team.admin.userId });
    const gone = team.member.api.conversations.removeMember({ conversationId: id, userId: team.admin.userId });
    await expect(gone).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is refused to non-managers, and in direct conversations', async () => {
    const { id } = await open('group', [team.guest.userId, team.admin.userId]);
    const removed = team.guest.api.conversations.removeMember({ conversationId: id, userId: team.member.userId });
    await expect(removed).rejects.toMatchObject({ code: 'forbidden' });
    const direct = await team.member.api.conversations.create({
      workspaceId: team.id,
      kind: 'direct',
      memberIds: [team.admin.userId],
    });
    for (const { userId } of [team.member, team.admin]) {
      const left = team.member.api.conversations.removeMember({ conversationId: direct.id, userId });
      await expect(left).rejects.toMatchObject({ code: 'forbidden' });
    }
  });

  it('stops sending immediately, and messages sent in the meantime count as read after a return', async () => {
    const { id } = await open('channel', [team.admin.userId]);
    await world.say(id, team.admin);
    await team.member.api.conversations.removeMember({ conversationId: id, userId: team.admin.userId });
    await expect(world.say(id, team.admin)).rejects.toMatchObject({ code: 'not_found' });
    await world.say(id, team.member);
    await team.member.api.conversations.addMember({ conversationId: id, userId: team.admin.userId });
    expect((await team.admin.api.conversations.get({ conversationId: id })).unread).toBe(0);
    await world.say(id, team.admin);
  });
});

describe('the members', () => {
  it('are listed page by page', async () => {
    const { id } = await open('channel', [team.admin.userId, team.guest.userId, team.owner.userId]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await team.guest.api.conversations.members({
        conversationId: id,
        limit: 3,
        ...(cursor && { cursor }),
      });
      seen.push(...page.items.map(({ userId }) => userId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    const all = [team.member, team.admin, team.guest, team.owner].map(({ userId }) => userId);
    expect(seen).toEqual(all.sort());
  });
});

describe('receipts', () => {
  it('are shared up to a hundred members, again when the number falls to that, and never for members who hide them', async () => {
    const { id } = await open('channel', [team.admin.userId, team.guest.userId]);
    await hideReceipts(team.guest, true);
    await fill(id, 99);
    const someone = await world.join(team.id, team.owner, 'member');
    const other = await world.join(team.id, team.owner, 'member');
    await world.told();
    const { conversations } = team.member.api;
    await conversations.addMember({ conversationId: id, userId: someone.userId });
    const added = (await world.told()).find(({ type }) => type === 'conversation:memberJoined');
    expect(added).toMatchObject({ body: { receipt: { userId: someone.userId } } });
    expect(added?.effect?.instead).toMatchObject({ users: [team.guest.userId], data: { receipt: null } });
    expect((await conversations.get({ conversationId: id })).receipts).toHaveLength(99);
    expect((await team.guest.api.conversations.get({ conversationId: id })).receipts).toEqual([
      expect.objectContaining({ userId: team.guest.userId }),
    ]);

    await conversations.addMember({ conversationId: id, userId: other.userId });
    expect((await world.told()).find(({ type }) => type === 'conversation:memberJoined')?.body.receipt).toBeNull();
    expect((await conversations.get({ conversationId: id })).receipts).toEqual([
      expect.objectContaining({ userId: team.member.userId }),
    ]);

    await conversations.removeMember({ conversationId: id, userId: other.userId });
    const shared = (await world.told()).find(({ type }) => type === 'conversation:receipts');
    const now = await conversations.get({ conversationId: id });
    expect(now.receipts).toHaveLength(99);
    expect(shared?.body).toEqual({ conversationId: id });
    expect(shared?.effect?.instead).toEqual({
      users: [team.guest.userId],
      data: { conversationId: id, receipts: [] },
    });

    await conversations.removeMember({ conversationId: id, userId: someone.userId });
    expect((await world.told()).find(({ type }) => type === 'conversation:receipts')).toBeUndefined();
    await hideReceipts(team.guest, false);
  });
});
