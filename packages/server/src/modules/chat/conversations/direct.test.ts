import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Person, type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

const write = (from: Person, to: Person) =>
  from.api.messages.send({ toUserId: to.userId, content: 'Hello', clientMessageId: crypto.randomUUID() });

describe('a message to a person', () => {
  it('goes to the one conversation of the two, also when both write first at the same time', async () => {
    const sent = await Promise.all(
      Array.from({ length: 8 }, (_, at) => (at % 2 ? write(team.member, team.admin) : write(team.admin, team.member))),
    );
    const [conversationId, ...others] = new Set(sent.map(({ message }) => message.conversationId));
    expect(others).toEqual([]);
    expect(await team.member.api.conversations.get({ conversationId: conversationId! })).toMatchObject({
      kind: 'direct',
      workspaceId: team.id,
      unread: 4,
    });
  });

  it('creates it in the oldest workspace that they share', async () => {
    const [first, second] = [await world.workspace(), await world.workspace()];
    const [a, b] = [await world.person(), await world.person()];
    for (const person of [a, b]) await world.join(second.id, second.owner, 'member', person);
    for (const person of [b, a]) await world.join(first.id, first.owner, 'member', person);
    const { message } = await write(a, b);
    const { workspaceId } = await a.api.conversations.get({ conversationId: message.conversationId });
    expect(workspaceId).toBe(first.id);
  });

  it('uses the conversation that they already have, in any workspace', async () => {
    const [first, second] = [await world.workspace(), await world.workspace()];
    const [a, b] = [await world.person(), await world.person()];
    for (const person of [a, b]) await world.join(second.id, second.owner, 'member', person);
    const { message } = await write(a, b);
    for (const person of [a, b]) await world.join(first.id, first.owner, 'member', person);
    expect((await write(b, a)).message.conversationId).toBe(message.conversationId);
  });

  it('is refused without a shared workspace, to oneself, from visitors, and to customers', async () => {
    const stranger = await world.person();
    await expect(write(team.member, stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(write(team.member, { ...stranger, userId: crypto.randomUUID() })).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(write(team.member, team.member)).rejects.toMatchObject({ code: 'invalid_input' });
    // For visitors, people whom they do not see do not exist.
    await expect(write(team.guest, team.member)).rejects.toMatchObject({ code: 'not_found' });
    await expect(write(team.customer, team.owner)).rejects.toMatchObject({ code: 'not_found' });
    const memberIds = [team.guest.userId];
    await team.member.api.conversations.create({ workspaceId: team.id, kind: 'group', memberIds });
    await team.customer.api.conversations.create({ workspaceId: team.id, kind: 'support' });
    await expect(write(team.guest, team.member)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(write(team.customer, team.owner)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(write(team.owner, team.customer)).rejects.toMatchObject({ code: 'forbidden' });
    await write(team.owner, team.guest);
    await write(team.guest, team.owner);
  });
});
