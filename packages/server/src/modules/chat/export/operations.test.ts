import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  team = await world.workspace();
  const input = { workspaceId: team.id, kind: 'channel', name: 'plans', visibility: 'private' } as const;
  conversationId = (await team.admin.api.conversations.create({ ...input, memberIds: [team.member.userId] })).id;
});

const audited = async () => {
  const { rows } = await world.database.pool.query(
    "select actor_id from audit_log where kind = 'conversation_exported' and target_id = $1",
    [conversationId],
  );
  return rows.map((row) => row.actor_id);
};

describe('exporting a conversation', () => {
  it('returns everything once, in order, in as many pages as needed, and logs each page', async () => {
    const said: string[] = [];
    for (const content of ['one', 'two', 'three', 'four', 'five']) {
      await world.say(conversationId, team.member, content);
      said.push(content);
    }
    await team.admin.api.conversations.removeMember({ conversationId, userId: team.member.userId });
    const found: string[] = [];
    let after: number | null = 0;
    let pages = 0;
    while (after !== null) {
      const page: Awaited<ReturnType<typeof team.admin.api.exports.conversation>> =
        await team.admin.api.exports.conversation({ conversationId, after, limit: 2 });
      expect(page).toMatchObject({ format: 'atrium-conversation-1', conversation: { id: conversationId } });
      expect(page.people).toContainEqual(expect.objectContaining({ role: 'manager' }));
      expect(page.people.find(({ user }) => user.id === team.member.userId)?.role).toBeNull();
      found.push(...page.messages.map(({ content }) => content));
      after = page.next;
      pages += 1;
    }
    expect(found).toEqual(said);
    expect(pages).toBe(3);
    expect(await audited()).toEqual(Array(pages).fill(team.admin.userId));
  });

  it('is logged wherever it begins', async () => {
    await world.say(conversationId, team.member, 'one');
    const { messages } = await team.owner.api.exports.conversation({ conversationId, after: 1 });
    expect(messages.map(({ content }) => content)).toEqual(['one']);
    expect(await audited()).toEqual([team.owner.userId]);
  });

  it('is permitted to managers and owners of the workspace, except for direct conversations of others', async () => {
    const ask = (who: Team['member'], id = conversationId) => who.api.exports.conversation({ conversationId: id });
    expect((await ask(team.owner)).messages).toEqual([]);
    await expect(ask(team.member)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(ask(team.guest)).rejects.toMatchObject({ code: 'not_found' });
    expect(await audited()).toEqual([team.owner.userId]);
    const input = { workspaceId: team.id, kind: 'direct' } as const;
    const direct = await team.admin.api.conversations.create({ ...input, memberIds: [team.member.userId] });
    await expect(ask(team.owner, direct.id)).rejects.toMatchObject({ code: 'not_found' });
    expect((await ask(team.member, direct.id)).conversation.id).toBe(direct.id);
  });

  it('by a visitor who manages it includes only the people whom they see, and all messages', async () => {
    const { admin, guest, member, owner } = team;
    await admin.api.conversations.addMember({ conversationId, userId: guest.userId });
    for (const who of [member, guest]) await world.say(conversationId, who);
    // The guest is the last remaining member, and becomes its manager.
    for (const { userId } of [member, admin]) await admin.api.conversations.removeMember({ conversationId, userId });
    const shown = async (who: Team['member']) => {
      const { messages, people } = await who.api.exports.conversation({ conversationId });
      return { senders: messages.map(({ senderId }) => senderId), people: people.map(({ user }) => user.id).sort() };
    };
    const senders = [member.userId, guest.userId];
    expect(await shown(guest)).toEqual({ senders, people: [guest.userId] });
    expect(await shown(owner)).toEqual({ senders, people: [...senders].sort() });
  });

  it('works for archived conversations', async () => {
    await team.admin.api.conversations.update({ conversationId, archived: true });
    expect((await team.admin.api.exports.conversation({ conversationId })).next).toBeNull();
  });
});
