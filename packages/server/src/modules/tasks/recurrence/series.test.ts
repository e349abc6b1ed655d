import type { TaskAnswer } from '@atrium/protocol';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
});
afterAll(() => world.close());

const code = (wanted: string) => expect.objectContaining({ code: wanted });
type Fields = Partial<Parameters<Team['owner']['api']['tasks']['create']>[0]>;
const make = (fields: Fields = {}): Promise<TaskAnswer> =>
  team.owner.api.tasks.create({ workspaceId: team.id, title: 'Paint the fence', ...fields });
const get = (taskId: string) => team.owner.api.tasks.get({ taskId });

describe('a recurring task', () => {
  const series = async (taskId: string) => {
    const { recurrence } = await get(taskId);
    return recurrence?.nextTaskId ?? undefined;
  };

  it('creates the next occurrence once, however often it is completed', async () => {
    const { id: taskId } = await make({
      dueOn: '2027-01-31',
      recurrence: { rule: 'FREQ=MONTHLY' },
      memberIds: [team.member.userId],
      priority: 'high',
    });
    await Promise.allSettled(
      [team.owner, team.member, team.admin].map(({ api }) => api.tasks.update({ taskId, status: 'completed' })),
    );
    await team.owner.api.tasks.update({ taskId, status: 'todo' });
    await team.owner.api.tasks.update({ taskId, status: 'completed' });
    const { rows } = await sql<{ id: string }>`
      select id from task where occurrence = 2 and created_at >= (select created_at from task where id = ${taskId})
    `.execute(world.database.db);
    expect(rows).toEqual([{ id: await series(taskId) }]);
    const next = await get(rows[0]?.id ?? '');
    expect(next).toMatchObject({ dueOn: '2027-02-28', status: 'todo', priority: 'high', title: 'Paint the fence' });
    expect(next.memberIds).toContain(team.member.userId);
    expect(next.recurrence).toMatchObject({ occurrence: 2, nextTaskId: null, rule: 'FREQ=MONTHLY' });
  });

  it('continues month after month, also after a late completion', async () => {
    let task = await make({ dueOn: '2027-01-31', recurrence: { rule: 'FREQ=MONTHLY' } });
    const days: (string | null)[] = [];
    for (let month = 0; month < 5; month += 1) {
      await team.owner.api.tasks.update({ taskId: task.id, status: 'completed' });
      task = await get((await series(task.id)) ?? '');
      days.push(task.dueOn);
    }
    expect(days).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30']);
  });

  it('keeps its day if what was read is written back', async () => {
    let task = await make({ dueOn: '2027-01-31', recurrence: { rule: 'FREQ=MONTHLY', timeZone: 'Europe/Berlin' } });
    const days: (string | null)[] = [];
    for (let month = 0; month < 3; month += 1) {
      const { id: taskId, dueAt, dueOn, recurrence } = task;
      await team.owner.api.tasks.update({ taskId, dueAt, dueOn, recurrence });
      await team.owner.api.tasks.update({ taskId, status: 'completed' });
      task = await get((await series(taskId)) ?? '');
      days.push(task.dueOn);
    }
    expect(days).toEqual(['2027-02-28', '2027-03-31', '2027-04-30']);
  });

  it('starts with the change that completes the task', async () => {
    const { id: taskId } = await make({ dueOn: '2027-01-31' });
    const recurrence = { rule: 'FREQ=WEEKLY' };
    await team.owner.api.tasks.update({ taskId, recurrence, status: 'completed' });
    expect((await get((await series(taskId)) ?? '')).dueOn).toBe('2027-02-07');
  });

  it('continues at the end of the board if there is no room after the task', async () => {
    const { id: taskId, rank } = await make({ dueOn: '2027-01-31', recurrence: { rule: 'FREQ=WEEKLY' } });
    const { id: neighbour } = await make();
    await sql`update task set rank = ${`${rank}${'0'.repeat(448)}1`} where id = ${neighbour}`.execute(
      world.database.db,
    );
    await team.owner.api.tasks.update({ taskId, status: 'completed' });
    const next = await get((await series(taskId)) ?? '');
    expect(next.rank.length).toBeLessThan(20);
    expect(next.rank > (await get(neighbour)).rank).toBe(true);
  });

  it('counts from the new due date if it is changed', async () => {
    const { id: taskId } = await make({ dueOn: '2027-01-31', recurrence: { rule: 'FREQ=WEEKLY' } });
    await team.owner.api.tasks.update({ taskId, dueOn: '2027-02-02' });
    await team.owner.api.tasks.update({ taskId, status: 'completed' });
    expect((await get((await series(taskId)) ?? '')).dueOn).toBe('2027-02-09');
    await expect(team.owner.api.tasks.update({ taskId, dueOn: null })).rejects.toEqual(code('invalid_input'));
  });
});
