import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;
let conversationId: string;
let messageId: string;
let pinnedId: string;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  const { owner, member } = team;
  const memberIds = [member.userId];
  const channel = { workspaceId: team.id, kind: 'channel', name: 'Old plans', memberIds } as const;
  conversationId = (await owner.api.conversations.create(channel)).id;
  messageId = (await world.say(conversationId, member)).id;
  pinnedId = (await world.say(conversationId, member)).id;
  await member.api.pins.add({ conversationId, messageId: pinnedId });
  await member.api.reactions.add({ messageId: pinnedId, emoji: '🌱' });
  await world.say(conversationId, owner);
  await owner.api.conversations.update({ conversationId, archived: true });
  await world.told();
});
afterAll(() => world.close());

const send = (more: { replyTo?: string; content?: string } = {}) =>
  team.member.api.messages.send({ conversationId, content: 'x', clientMessageId: randomUUID(), ...more });
const run = (text: string) => team.owner.api.commands.run({ conversationId, text, clientMessageId: randomUUID() });

it.each<[string, () => Promise<unknown>]>([
  ['a message', () => send()],
  ['a reply', () => send({ replyTo: messageId })],
  ['a mention', () => send({ content: '@channel' })],
  ['what is said behind a slash', () => run('/shrug')],
  ['an edit', () => team.member.api.messages.update({ messageId, content: 'y' })],
  ['a deletion', () => team.member.api.messages.delete({ messageId })],
  ['a deletion by a manager', () => team.owner.api.messages.delete({ messageId })],
  ['a reaction', () => team.member.api.reactions.add({ messageId, emoji: '🌱' })],
  ['a reaction taken back', () => team.member.api.reactions.remove({ messageId: pinnedId, emoji: '🌱' })],
  ['a pin', () => team.member.api.pins.add({ conversationId, messageId })],
  ['a pin taken off', () => team.member.api.pins.remove({ conversationId, messageId: pinnedId })],
  ['typing', () => team.member.api.typing.start({ conversationId })],
  ['another name', () => team.owner.api.conversations.update({ conversationId, name: 'New plans' })],
  ['another topic behind a slash', () => run('/topic New')],
  ['someone more', () => team.owner.api.conversations.addMember({ conversationId, userId: team.guest.userId })],
  ['joining', () => team.admin.api.conversations.join({ conversationId })],
])('CH-11 an archived conversation refuses %s', async (_, act) => {
  await expect(act()).rejects.toMatchObject({ code: 'archived' });
  expect(await world.told()).toEqual([]);
});

it('CH-11 it can still be read, with read marks, drafts and saved messages, and be left', async () => {
  const { api, userId } = team.member;
  const { items } = await api.messages.list({ conversationId });
  expect(items).toHaveLength(3);
  const last = items.at(-1)?.seq ?? 0;
  expect(await api.messages.ack({ conversationId, readSeq: last })).toMatchObject({ readSeq: last, unread: 0 });
  await api.saved.add({ messageId });
  expect((await api.drafts.set({ conversationId, content: 'For later' })).draft).toMatchObject({
    content: 'For later',
  });
  await api.conversations.removeMember({ conversationId, userId });
});
