import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../test/world.ts';
import type { Tell, Work } from '../../platform/module/index.ts';
import { removeConversations } from './cleanup/removal.ts';
import { removeMember } from './members/membership.ts';
import { lockConversations } from './rows/conversation-store.ts';

let world: TestWorld;
let team: Team;
let told: unknown[];
beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world?.close());
beforeEach(() => {
  told = [];
});

/** Runs a command, and records which hooks are called. */
const listening = <Result>(write: (work: Work) => Promise<Result>) =>
  world.transact({ actorId: null }, async (work) => {
    const tell: Tell = async (name, data) => {
      told.push([name, data]);
      await work.tell(name, data);
    };
    await lockConversations(work.tx, [team.general]);
    return write({ ...work, tell });
  });

it('reports who left which conversations, and nothing about conversations that they were not in', async () => {
  const { userId } = team.member;
  await listening((work) => removeMember(work, userId, [team.general]));
  expect(told).toEqual([['conversation:memberRemoved', { userId, conversationIds: [team.general] }]]);
  told = [];
  await listening((work) => removeMember(work, userId, [team.general]));
  expect(told).toEqual([]);
});

it('reports which conversations are deleted', async () => {
  await listening((work) => removeConversations(work, [team.general]));
  expect(told).toEqual([['conversation:deleting', { conversationIds: [team.general] }]]);
});
