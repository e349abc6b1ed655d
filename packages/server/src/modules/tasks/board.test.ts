import { generateKeyBetween } from 'fractional-indexing';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  team = await world.workspace();
});

const make = async (title: string, status: 'todo' | 'in-progress' = 'todo') =>
  (await team.owner.api.tasks.create({ workspaceId: team.id, title: `Task ${title}`, status })).id;
const makeAll = async (count: number) => {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) ids.push(await make(String(at)));
  return ids;
};
const column = async (status: 'todo' | 'in-progress' = 'todo', person = team.owner) => {
  const input = { workspaceId: team.id, scope: 'visible', status, sort: 'manual', limit: 200 } as const;
  return (await person.api.tasks.list(input)).items;
};
const order = async (...args: Parameters<typeof column>) => (await column(...args)).map(({ id }) => id);

describe('the board', () => {
  it('moves tasks before and after others, to the top and to the end', async () => {
    const [a, b, c] = (await makeAll(3)) as [string, string, string];
    const { api } = team.member;
    await api.tasks.move({ taskId: c, afterId: a });
    expect(await order()).toEqual([a, c, b]);
    await api.tasks.move({ taskId: b, beforeId: a });
    expect(await order()).toEqual([b, a, c]);
    await api.tasks.move({ taskId: c, afterId: null });
    expect(await order()).toEqual([c, b, a]);
    await api.tasks.move({ taskId: c });
    expect(await order()).toEqual([b, a, c]);
  });

  it('moves a task to an empty column and back', async () => {
    const [a, b] = (await makeAll(2)) as [string, string];
    await team.owner.api.tasks.move({ taskId: a, status: 'in-progress' });
    expect([await order('todo'), await order('in-progress')]).toEqual([[b], [a]]);
    await team.owner.api.tasks.move({ taskId: a, status: 'todo', afterId: b });
    expect(await order()).toEqual([b, a]);
  });

  it('refuses a neighbour that is not in the column, and two neighbours at once', async () => {
    const [a, b] = (await makeAll(2)) as [string, string];
    const elsewhere = await make('elsewhere', 'in-progress');
    const invalid = expect.objectContaining({ code: 'invalid_input' });
    const { api } = team.owner;
    await expect(api.tasks.move({ taskId: a, afterId: elsewhere })).rejects.toEqual(invalid);
    await expect(api.tasks.move({ taskId: a, afterId: a })).rejects.toEqual(invalid);
    await expect(api.tasks.move({ taskId: a, afterId: b, beforeId: b })).rejects.toEqual(invalid);
    const other = await world.workspace();
    const { id } = await other.owner.api.tasks.create({ workspaceId: other.id, title: 'Not here' });
    await expect(api.tasks.move({ taskId: a, afterId: id })).rejects.toEqual(invalid);
    expect(await order()).toEqual([a, b]);
  });

  it('has one order for all when 50 tasks are moved to one place at once', async () => {
    const ids = await makeAll(52);
    const [first = '', , ...moved] = ids;
    await world.told();
    const people = [team.owner, team.admin, team.member];
    const move = async (taskId: string, at: number): Promise<unknown> => {
      const { api } = people[at % people.length]!;
      const place = at % 2 === 0 ? { afterId: first } : { beforeId: ids[1] };
      try {
        return await api.tasks.move({ taskId, ...place });
      } catch (error) {
        // Fifty calls wait for five connections: a call that is told to retry does so, as the SDK does.
        if ((error as { code?: string }).code !== 'unavailable') throw error;
        return move(taskId, at);
      }
    };
    await Promise.all(moved.map(move));
    const ranks = (await column()).map(({ rank }) => rank);
    expect(ranks).toHaveLength(52);
    expect(new Set(ranks).size).toBe(52);
    expect([...ranks].sort()).toEqual(ranks);
    const orders = await Promise.all(people.map((person) => order('todo', person)));
    expect(new Set(orders.map((each) => each.join())).size).toBe(1);
    expect(orders[0]?.[0]).toBe(first);
    expect(orders[0]?.at(-1)).toBe(ids[1]);
    // Only the moved tasks have changed.
    const changed = new Set((await world.told()).map(({ body }) => (body as { taskId: string }).taskId));
    expect([...changed].sort()).toEqual([...moved].sort());
  });

  it('without the lock on ranks, gives the same rank twice', () => {
    // This simulation uses the neighbours that each move saw when it began.
    const seen = { before: 'a0', after: 'a1' };
    const ranks = Array.from({ length: 50 }, () => generateKeyBetween(seen.before, seen.after));
    expect(new Set(ranks).size).toBe(1);
  });

  it('has room for 2,000 cards between the same two', async () => {
    const [a, b] = (await makeAll(2)) as [string, string];
    const ranks = await sql<{ id: string; rank: string }>`
      select id, rank from task where id = any(${[a, b]}::uuid[]) order by rank
    `.execute(world.database.db);
    const low = ranks.rows[0]?.rank ?? null;
    let high = ranks.rows[1]?.rank ?? null;
    for (let moves = 0; moves < 2_000; moves += 1) high = generateKeyBetween(low, high);
    expect(high?.length).toBeLessThan(450);
    const { rows } = await sql<{ id: string }>`
      update task set rank = ${high} where id = ${b} returning id
    `.execute(world.database.db);
    expect(rows).toHaveLength(1);
    const c = await make('c');
    await team.owner.api.tasks.move({ taskId: c, beforeId: b });
    expect(await order()).toEqual([a, c, b]);
  });

  it('reports that there is no room left, and changes nothing', async () => {
    const [a, b, c] = (await makeAll(3)) as [string, string, string];
    await sql`update task set rank = ${`a0${'0'.repeat(448)}1`} where id = ${b}`.execute(world.database.db);
    const move = team.owner.api.tasks.move({ taskId: c, beforeId: b });
    await expect(move).rejects.toEqual(expect.objectContaining({ code: 'conflict' }));
    expect(await order()).toEqual([a, b, c]);
  });
});
