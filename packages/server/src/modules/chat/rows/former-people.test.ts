import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  const memberIds = [team.member.userId, team.guest.userId];
  const channel = { workspaceId: team.id, kind: 'channel', visibility: 'private', name: 'Plans', memberIds } as const;
  conversationId = (await team.owner.api.conversations.create(channel)).id;
});
afterAll(() => world.close());

it('returns former members who wrote messages on a page, and nobody else', async () => {
  const root = await world.say(conversationId, team.owner);
  const said = { conversationId, content: 'Indeed', replyTo: root.id, clientMessageId: crypto.randomUUID() };
  await team.member.api.messages.send(said);
  const reader = team.guest.api;
  expect((await reader.messages.list({ conversationId })).people).toEqual([]);
  expect((await reader.threads.replies({ messageId: root.id })).people).toEqual([]);

  await team.owner.api.members.remove({ workspaceId: team.id, userId: team.member.userId });
  const former = [expect.objectContaining({ id: team.member.userId })];
  expect((await reader.messages.list({ conversationId })).people).toEqual(former);
  expect((await reader.threads.replies({ messageId: root.id })).people).toEqual(former);
  expect((await reader.messages.list({ conversationId, before: root.seq + 1 })).people).toEqual(former);
  expect(await reader.users.get({ userId: team.member.userId })).toMatchObject({ id: team.member.userId });
});

it('returns people who reacted, too', async () => {
  const { id: messageId, seq } = await world.say(conversationId, team.owner);
  const friend = await world.join(team.id, team.owner, 'member');
  await team.owner.api.conversations.addMember({ conversationId, userId: friend.userId });
  await friend.api.reactions.add({ messageId, emoji: ':tada:' });
  await friend.api.workspaces.leave({ workspaceId: team.id });
  const page = await team.guest.api.messages.list({ conversationId, after: seq - 1 });
  expect(page.people.map(({ id }) => id)).toEqual([friend.userId]);
});
