import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import { taskParts } from './personal-data.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

async function copyOf(userId: string): Promise<Record<string, object[]>> {
  const copy: Record<string, object[]> = {};
  for (const { name, pages } of taskParts(world.database.db, userId)) {
    copy[name] = [];
    for await (const page of pages) copy[name].push(...page);
  }
  return copy;
}

it("contains the person's own tasks and comments, and nobody else's", async () => {
  const { owner, member, admin } = team;
  const { id } = await owner.api.tasks.create({
    workspaceId: team.id,
    title: 'Buy a present',
    visibility: 'members',
    memberIds: [member.userId],
  });
  await owner.api.tasks.create({ workspaceId: team.id, title: 'For the owner', visibility: 'members' });
  await member.api.taskComments.add({ taskId: id, content: 'A spade?' });
  await owner.api.taskComments.add({ taskId: id, content: 'A rake.' });
  const copy = await copyOf(member.userId);
  expect(copy.tasks).toEqual([expect.objectContaining({ id, title: 'Buy a present', status: 'todo' })]);
  expect(copy['task-comments']).toEqual([expect.objectContaining({ taskId: id, content: 'A spade?' })]);
  expect((await copyOf(owner.userId)).tasks).toHaveLength(2);
  expect(await copyOf(admin.userId)).toEqual({ tasks: [], 'task-comments': [] });
});
