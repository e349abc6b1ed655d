import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';
import { countSome, firstOf } from './counting.ts';

let world: TestWorld;
let team: Team;
beforeAll(async () => {
  world = await testWorld();
});
beforeEach(async () => {
  await countAll();
  team = await world.workspace();
});
afterAll(() => world.close());

const rows = async (query: string, ...values: unknown[]) => (await world.database.pool.query(query, values)).rows;
const counted = async (): Promise<number> =>
  (await rows('select coalesce(sum(messages), 0)::int as n from message_count where workspace_id = $1', team.id))[0].n;
const countAll = async () => {
  while (await world.database.transaction(countSome));
};

it('counts each message once, whoever counts at the same time', async () => {
  for (let n = 0; n < 5; n += 1) await world.say(team.general, team.member);
  const some = () => world.database.transaction(countSome);
  await Promise.all([some(), some(), some(), countAll()]);
  await countAll();
  expect(await counted()).toBe(5);
  await world.say(team.general, team.admin);
  await countAll();
  await countAll();
  expect(await counted()).toBe(6);
  const people = await rows('select account_id from message_sender where workspace_id = $1', team.id);
  expect(people.map(({ account_id }) => account_id).sort()).toEqual([team.member.userId, team.admin.userId].sort());
});

it('counts nothing of what was counted when the rest fails', async () => {
  await world.say(team.general, team.member);
  const failing = world.database.transaction(async (tx) => {
    await countSome(tx);
    throw new Error('no room');
  });
  await expect(failing).rejects.toThrow('no room');
  expect(await counted()).toBe(0);
  await countAll();
  expect(await counted()).toBe(1);
});

it('goes on counting messages that were deleted, and not what the system says', async () => {
  const message = await world.say(team.general, team.member);
  await team.member.api.messages.delete({ messageId: message.id });
  await rows("update message set type = 'system' where id = $1", (await world.say(team.general, team.member)).id);
  await countAll();
  expect(await counted()).toBe(1);
});

it('ends with the workspace, also while its messages are counted', async () => {
  const [others, other] = [await world.workspace(), team];
  for (let n = 0; n < 20; n += 1)
    await world.say(n % 2 === 0 ? others.general : other.general, n % 2 === 0 ? others.owner : other.owner);
  await Promise.all([countAll(), other.owner.api.workspaces.delete({ workspaceId: other.id })]);
  await countAll();
  const left = await rows(
    'select workspace_id from message_count union select workspace_id from message_sender where workspace_id = any($1)',
    [others.id, other.id],
  );
  expect(left.map(({ workspace_id: id }) => id)).not.toContain(other.id);
  expect(left.map(({ workspace_id: id }) => id)).toContain(others.id);
  expect(await rows("select from message_count_position where stream = 'conversation:' || $1", other.general)).toEqual(
    [],
  );
});

it.each([
  [
    10,
    [
      [0, 3],
      [5, 9],
    ],
    [
      [0, 3],
      [5, 9],
    ],
  ],
  [
    5,
    [
      [0, 3],
      [5, 9],
      [0, 1],
    ],
    [
      [0, 3],
      [5, 7],
    ],
  ],
  [
    3,
    [
      [0, 3],
      [5, 9],
    ],
    [[0, 3]],
  ],
])('takes the first %d numbers of some streams', (batch, all, first) => {
  const uncounted = all.map(([after = 0, upTo = 0], at) => ({ stream: `conversation:${at}` as const, after, upTo }));
  expect(firstOf(batch, uncounted).map(({ after, upTo }) => [after, upTo])).toEqual(first);
});
