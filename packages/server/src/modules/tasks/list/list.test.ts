import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Team, type TestWorld, testWorld } from '../../../../test/world.ts';

let world: TestWorld;
let team: Team;

beforeAll(async () => {
  world = await testWorld();
  team = await world.workspace();
  const titles = ['banana', 'Apple', 'cherry', 'Éclair', 'apple', 'Straße 5'];
  for (const [at, title] of titles.entries()) {
    await team.owner.api.tasks.create({
      workspaceId: team.id,
      title,
      priority: (['low', 'medium', 'high'] as const)[at % 3],
      category: at % 2 === 0 ? 'even' : 'odd',
      ...(at === 0 ? { dueAt: '2026-08-09T12:00:00Z' } : {}),
      ...(at === 1 ? { dueOn: '2026-08-09' } : {}),
      ...(at === 2 ? { dueAt: '2026-08-11T12:00:00Z', description: 'with a stone' } : {}),
      ...(at === 3 ? { status: 'completed' as const } : {}),
    });
  }
});
afterAll(() => world.close());

type Query = Parameters<Team['owner']['api']['tasks']['list']>[0];
const list = async (query: Query = {}, person = team.owner) =>
  (await person.api.tasks.list({ workspaceId: team.id, ...query })).items.map(({ title }) => title);

describe('a list of tasks', () => {
  it.each([
    [{ sort: 'due' }, ['banana', 'Apple', 'cherry', 'Éclair', 'apple', 'Straße 5']],
    [{ sort: 'created' }, ['Straße 5', 'apple', 'Éclair', 'cherry', 'Apple', 'banana']],
    [{ sort: 'priority' }, ['Straße 5', 'cherry', 'apple', 'Apple', 'Éclair', 'banana']],
    [{ sort: 'title' }, ['Apple', 'apple', 'banana', 'cherry', 'Straße 5', 'Éclair']],
    [{ sort: 'manual' }, ['banana', 'Apple', 'cherry', 'Éclair', 'apple', 'Straße 5']],
  ] as const)('is sorted by %j, and the same page by page', async (query, expected) => {
    expect(await list(query)).toEqual(expected);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const input = { workspaceId: team.id, ...query, limit: 1, ...(cursor === undefined ? {} : { cursor }) };
      const page = await team.member.api.tasks.list({ ...input, scope: 'visible' });
      paged.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(expected);
  });

  it('has only what was completed, the latest first, page by page', async () => {
    const done = await world.workspace();
    const { api } = done.owner;
    const make = (title: string) => api.tasks.create({ workspaceId: done.id, title });
    const [first, second, third] = [await make('first'), await make('second'), await make('third')];
    for (const { id } of [second, third, first]) await api.tasks.update({ taskId: id, status: 'completed' });
    await make('open');
    const titles: string[] = [];
    let cursor: string | null | undefined;
    do {
      const input = { workspaceId: done.id, sort: 'completed', limit: 2, ...(cursor && { cursor }) } as const;
      const page = await api.tasks.list(input);
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    } while (cursor);
    expect(titles).toEqual(['first', 'third', 'second']);
  });

  it.each([
    [{ status: 'completed' }, ['Éclair']],
    [{ priority: 'high' }, ['cherry', 'Straße 5']],
    [{ category: 'odd' }, ['Apple', 'Éclair', 'Straße 5']],
    [{ q: 'ECLAIR' }, ['Éclair']],
    [{ q: 'strasse' }, ['Straße 5']],
    [{ q: 'stone' }, ['cherry']],
    [{ q: 'pp' }, ['Apple', 'apple']],
    [{ q: '%' }, []],
    [{ dueFrom: '2026-08-10T00:00:00Z' }, ['cherry']],
    [{ dueFrom: '2026-08-09T00:00:00Z', dueTo: '2026-08-10T00:00:00Z' }, ['banana', 'Apple']],
  ] as const)('is filtered by %j', async (query, expected) => {
    expect((await list(query)).sort()).toEqual([...expected].sort());
  });

  it("does not show the caller's private tasks to others, and shows all visible tasks on request", async () => {
    expect(await list({}, team.member)).toEqual([]);
    expect(await list({ scope: 'visible' }, team.member)).toHaveLength(6);
    for (const person of [team.guest, team.customer]) expect(await list({ scope: 'visible' }, person)).toEqual([]);
    expect(await list({ scope: 'visible', memberId: team.owner.userId }, team.member)).toHaveLength(6);
  });

  it('refuses a cursor of another order', async () => {
    const page = await team.owner.api.tasks.list({ workspaceId: team.id, sort: 'title', limit: 1 });
    const other = team.owner.api.tasks.list({ workspaceId: team.id, sort: 'due', cursor: page.nextCursor ?? '' });
    await expect(other).rejects.toEqual(expect.objectContaining({ code: 'invalid_input' }));
  });
});

/** A due day without a time is overdue from the viewer's next day on. */
describe('overdue', () => {
  it("begins on the following day, in the viewer's time zone", async () => {
    const { id: taskId } = await team.owner.api.tasks.create({ workspaceId: team.id, title: 'Ring the bell' });
    const { rows } = await sql<{ now: Date }>`select now()`.execute(world.database.db);
    const now = rows[0]?.now ?? new Date();
    for (const timeZone of ['America/Los_Angeles', 'Pacific/Auckland', 'UTC', 'Pacific/Kiritimati']) {
      const today = now.toLocaleDateString('en-CA', { timeZone });
      const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
      const isOverdue = async (dueOn: string) => {
        await team.owner.api.tasks.update({ taskId, dueOn });
        return (await list({ overdue: true, timeZone, q: 'ring the bell' })).length === 1;
      };
      expect([timeZone, await isOverdue(today), await isOverdue(yesterday)]).toEqual([timeZone, false, true]);
    }
  });
});
