import { afterAll, beforeAll, expect, it } from 'vitest';
import { chatWorld, type World } from './test/world.ts';

let world: World;
let team: Awaited<ReturnType<World['workspace']>>;

beforeAll(async () => {
  world = await chatWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

it('tells those who follow the conversation, except the typist, for six seconds', async () => {
  const before = Date.now();
  const { until } = await team.member.api.typing.start({ conversationId: team.general });
  const after = Date.now();
  expect(Date.parse(until)).toBeGreaterThanOrEqual(before + 6_000);
  expect(Date.parse(until)).toBeLessThanOrEqual(after + 6_000);
  await team.member.api.typing.stop({ conversationId: team.general });
  const [started, stopped] = world.sent.splice(0);
  const { userId } = team.member;
  expect(started).toEqual({
    streams: [`conversation:${team.general}`],
    type: 'typing',
    data: { conversationId: team.general, userId, until },
    exceptUserId: userId,
  });
  expect(Date.parse(String(stopped?.data.until))).toBeLessThanOrEqual(Date.now());
  expect(
    world
      .told()
      .filter(({ stream }) => stream === `conversation:${team.general}`)
      .map(({ type }) => type),
  ).toEqual(Array(3).fill('conversation:memberJoined'));
});

it('is for members, while the conversation is not archived', async () => {
  const { id } = await team.member.api.conversations.create({ workspaceId: team.id, kind: 'channel', name: 'Quiet' });
  const start = (person: typeof team.member) => person.api.typing.start({ conversationId: id });
  await expect(start(team.admin)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(start(team.guest)).rejects.toMatchObject({ code: 'not_found' });
  await team.member.api.conversations.update({ conversationId: id, archived: true });
  await expect(start(team.member)).rejects.toMatchObject({ code: 'archived' });
  await expect(world.say(id, team.member)).rejects.toMatchObject({ code: 'archived' });
  expect(world.sent).toEqual([]);
});
