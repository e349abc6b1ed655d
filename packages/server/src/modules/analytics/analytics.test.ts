import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Person } from '../../../test/app.ts';
import { type Office, openOffice } from '../timers/test/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

/** Someone new with tasks of their own. */
async function newcomer(name: string, timezone?: string): Promise<Person> {
  const person = await office.app.person(name);
  if (timezone !== undefined) await person.call('users.updateMe', { timezone });
  return person;
}

async function complete(person: Person, more: { category?: string } = {}): Promise<string> {
  const { id } = await person.call('tasks.create', { title: 'Water the plants', ...more });
  await person.call('tasks.update', { taskId: id, status: 'completed' });
  return id;
}

/** Completes a task as if it had been done at an instant. */
async function completeAt(person: Person, at: string): Promise<string> {
  const taskId = await complete(person);
  const { db } = office.app.database;
  await sql`update completion set completed_at = ${at} where task_id = ${taskId}`.execute(db);
  await sql`delete from completion_calendar where account_id = ${person.userId}`.execute(db);
  return taskId;
}

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const read = (person: Person) => person.call('analytics.get', {});
const row = async (query: string, ...values: unknown[]) =>
  (await office.app.database.pool.query(query, values)).rows as Record<string, unknown>[];

describe('what is counted', () => {
  it('is nothing for somebody new', async () => {
    const ida = await newcomer('Ida');
    const analytics = await read(ida);
    expect(analytics).toMatchObject({
      timeZone: 'UTC',
      totalTasks: 0,
      completedTasks: 0,
      completedReminders: 0,
      upcomingReminders: 0,
      overdueReminders: 0,
      categoryData: [],
      streaks: { active: 0, longest: 0 },
      trackedMs: 0,
      preferences: { goals: { daily: null, weekly: null }, daysOff: [], pauses: [] },
    });
    expect(analytics.dailyData.map(({ date }) => date)).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map((days) => daysAgo(days).toISOString().slice(0, 10)),
    );
    expect(analytics.dailyData.every(({ completed }) => completed === 0)).toBe(true);
    expect(analytics.weeklyData).toHaveLength(4);
    expect(analytics.weeklyData.map(({ week }) => new Date(week).getUTCDay())).toEqual([1, 1, 1, 1]);
  });

  it('says how many reminders are done, to come, and have come', async () => {
    const ole = await newcomer('Ole');
    const remind = (scheduledAt: Date) =>
      ole.call('reminders.create', { message: 'Water', scheduledAt: scheduledAt.toISOString(), type: 'push' });
    const [done, come] = [await remind(daysAgo(-1)), await remind(daysAgo(-1))];
    await remind(daysAgo(-2));
    await ole.call('reminders.complete', { reminderId: done.id });
    await row("update reminder set scheduled_at = now() - interval '1 minute' where id = $1", come.id);
    expect(await read(ole)).toMatchObject({ completedReminders: 1, upcomingReminders: 1, overdueReminders: 1 });
    await row("update reminder set snoozed_until = now() + interval '1 hour' where id = $1", come.id);
    expect(await read(ole)).toMatchObject({ completedReminders: 1, upcomingReminders: 2, overdueReminders: 0 });
  });

  it('follows every change of a task at once', async () => {
    const { ann, ben } = office;
    const before = await read(ben);
    const taskId = await office.task('Follow', { category: 'Garden' });
    const step = async (act: () => Promise<unknown>) => {
      await act();
      const { totalTasks, completedTasks, dailyData, streaks } = await read(ben);
      return {
        total: totalTasks - before.totalTasks,
        completed: completedTasks - before.completedTasks,
        today: dailyData[6]?.completed,
        active: streaks.active,
      };
    };
    const update = (status: 'todo' | 'completed') => () => ben.call('tasks.update', { taskId, status });
    expect(await step(async () => undefined)).toEqual({ total: 1, completed: 0, today: 0, active: 0 });
    expect(await step(update('completed'))).toEqual({ total: 1, completed: 1, today: 1, active: 1 });
    expect(await step(update('todo'))).toEqual({ total: 1, completed: 0, today: 0, active: 0 });
    expect(await step(update('completed'))).toEqual({ total: 1, completed: 1, today: 1, active: 1 });
    expect(await step(() => ann.call('tasks.delete', { taskId }))).toEqual({
      total: 0,
      completed: 0,
      today: 1,
      active: 1,
    });
    expect(await step(() => ann.call('tasks.restore', { taskId }))).toEqual({
      total: 1,
      completed: 1,
      today: 1,
      active: 1,
    });
    expect(await step(() => ann.call('tasks.removeMember', { taskId, userId: ben.userId }))).toMatchObject({
      total: 0,
    });
    expect(await step(() => ann.call('tasks.addMember', { taskId, userId: ben.userId }))).toMatchObject({ total: 1 });
    expect(await step(() => ann.call('tasks.move', { taskId, status: 'todo' }))).toEqual({
      total: 1,
      completed: 0,
      today: 0,
      active: 0,
    });
  });

  it('counts a task that is created as completed, and each occurrence of one that comes back', async () => {
    const eli = await newcomer('Eli');
    await eli.call('tasks.create', { title: 'Done already', status: 'completed' });
    const { id: taskId } = await eli.call('tasks.create', {
      title: 'Every day',
      dueAt: daysAgo(-1).toISOString(),
      recurrence: { rule: 'FREQ=DAILY' },
    });
    await eli.call('tasks.update', { taskId, status: 'completed' });
    expect(await read(eli)).toMatchObject({ totalTasks: 3, completedTasks: 2, streaks: { active: 1, longest: 1 } });
  });

  it('has categories by size with their part of all', async () => {
    const ole = await newcomer('Ole');
    for (const category of ['Home', 'Home', 'Work']) await complete(ole, { category });
    await ole.call('tasks.create', { title: 'No category' });
    const { id } = await ole.call('tasks.create', { title: 'Renamed', category: 'Old' });
    await ole.call('tasks.update', { taskId: id, category: 'Home' });
    expect((await read(ole)).categoryData).toEqual([
      { category: 'Home', count: 3, percent: 0.6 },
      { category: 'Uncategorized', count: 1, percent: 0.2 },
      { category: 'Work', count: 1, percent: 0.2 },
    ]);
  });

  it('counts once what many do at once', async () => {
    const max = await newcomer('Max');
    const ids = await Promise.all(
      Array.from({ length: 20 }, async () => (await max.call('tasks.create', { title: 'At once' })).id),
    );
    await Promise.all(
      ids.flatMap((taskId) => [1, 2].map(() => max.call('tasks.update', { taskId, status: 'completed' }))),
    );
    const { completedTasks, dailyData, totalTasks } = await read(max);
    expect([totalTasks, completedTasks, dailyData[6]?.completed]).toEqual([20, 20, 20]);
  });

  it('equals a plain count of the rows', async () => {
    const counted = await row(
      'select account_id, category, open, completed from task_count order by account_id, category',
    );
    const plain = await row(`
      select m.account_id, coalesce(t.category, '') as category,
        (count(*) filter (where t.status <> 'completed'))::int as open,
        (count(*) filter (where t.status = 'completed'))::int as completed
      from task_member m join task t on t.id = m.task_id where t.deleted_at is null
      group by 1, 2 order by 1, 2`);
    expect(counted.length).toBeGreaterThan(5);
    expect(counted).toEqual(plain);
    const days = await row('select account_id, sum(completed)::int as n from completion_day group by 1 order by 1');
    const log = await row(
      `select account_id, count(*)::int as n from completion where undone_at is null
       and account_id in (select account_id from completion_calendar) group by 1 order by 1`,
    );
    expect(days).toEqual(log);
  });
});

describe('days', () => {
  it('are those of the time zone, and follow it when it changes', async () => {
    const kai = await newcomer('Kai', 'Pacific/Kiritimati');
    // 1 June 23:50 and 2 June 00:10 there; the same day in UTC.
    await completeAt(kai, '2026-06-01T09:50:00Z');
    await completeAt(kai, '2026-06-01T10:10:00Z');
    const june = { from: '2026-05-31', to: '2026-06-03' };
    const days = async () => (await kai.call('analytics.days', june)).days.map(({ completed }) => completed);
    const longest = async () => (await read(kai)).streaks.longest;
    expect([await days(), await longest()]).toEqual([[0, 1, 1, 0], 2]);
    await kai.call('users.updateMe', { timezone: 'UTC' });
    expect([await days(), await longest()]).toEqual([[0, 2, 0, 0], 1]);
    await complete(kai);
    expect([await days(), await longest()]).toEqual([[0, 2, 0, 0], 1]);
    await kai.call('users.updateMe', { timezone: 'Pacific/Kiritimati' });
    expect([await days(), await longest()]).toEqual([[0, 1, 1, 0], 2]);
    await complete(kai);
    expect([await days(), await longest()]).toEqual([[0, 1, 1, 0], 2]);
  });

  it('have the time that was tracked on them, running timers included', async () => {
    const { ann, ben } = office;
    const taskId = await office.task('Track');
    await ben.call('users.updateMe', { timezone: 'Asia/Kolkata' });
    // 23:30 to 00:30 there.
    const span = { startedAt: '2026-06-01T18:00:00Z', stoppedAt: '2026-06-01T19:00:00Z' };
    await ben.call('timeEntries.add', { taskId, ...span, reason: 'By hand' });
    const { days } = await ben.call('analytics.days', { from: '2026-06-01', to: '2026-06-02' });
    expect(days.map(({ trackedMs }) => trackedMs)).toEqual([1_800_000, 1_800_000]);
    await ben.call('timers.start', { taskId });
    await office.age(taskId, 60_000);
    const { trackedMs } = await read(ben);
    expect(trackedMs).toBeGreaterThanOrEqual(60_000);
    expect(trackedMs).toBeLessThan(120_000);
    expect((await read(ann)).trackedMs).toBe(0);
    await ben.call('users.updateMe', { timezone: 'UTC' });
  });

  it.each([
    { query: { from: '2026-05-04', to: '2026-05-03' }, path: 'to' },
    { query: { from: '2024-01-01', to: '2026-05-03' }, path: 'to' },
    { query: { from: '0001-01-01', to: '0001-01-02' }, path: 'from' },
    { query: { from: '2026-02-30', to: '2026-03-01' }, path: 'from' },
  ])('of $query are refused', async ({ query, path }) => {
    await expect(office.ann.call('analytics.days', query)).rejects.toMatchObject({
      code: 'invalid_input',
      details: { errors: [expect.objectContaining({ path })] },
    });
  });
});

describe('goals, days off and pauses', () => {
  it('are kept, and told on every device', async () => {
    const pia = await newcomer('Pia');
    await pia.call('analytics.setGoals', { daily: 3, weekly: 12 });
    await pia.call('analytics.setDaysOff', { weekdays: [7, 6, 7] });
    await pia.call('analytics.addPause', { from: '2026-08-01', to: '2026-08-14' });
    const preferences = await pia.call('analytics.addPause', { from: '2026-04-01', to: '2026-04-02' });
    expect(preferences).toEqual({
      goals: { daily: 3, weekly: 12 },
      daysOff: [6, 7],
      pauses: [
        { id: expect.any(String), from: '2026-04-01', to: '2026-04-02' },
        { id: expect.any(String), from: '2026-08-01', to: '2026-08-14' },
      ],
    });
    expect((await read(pia)).preferences).toEqual(preferences);
    const told = (await office.app.events(`user:${pia.userId}`)).filter(({ type }) => type === 'analytics:preferences');
    expect(told).toHaveLength(4);
    expect(told.at(-1)?.body).toEqual({ preferences });
  });

  it('let a streak go on', async () => {
    const uma = await newcomer('Uma');
    await completeAt(uma, daysAgo(0).toISOString());
    await completeAt(uma, daysAgo(3).toISOString());
    const day = (days: number) => daysAgo(days).toISOString().slice(0, 10);
    expect((await read(uma)).streaks).toEqual({ active: 1, longest: 1 });
    await uma.call('analytics.addPause', { from: day(2), to: day(1) });
    expect((await read(uma)).streaks).toEqual({ active: 2, longest: 2 });
  });

  it('end a pause yesterday if it began before, and remove any other', async () => {
    const lou = await newcomer('Lou');
    const day = (days: number) => daysAgo(days).toISOString().slice(0, 10);
    const pause = async (from: number, to: number) => {
      const { pauses } = await lou.call('analytics.addPause', { from: day(from), to: day(to) });
      const pauseId = pauses.find((each) => each.from === day(from))?.id ?? '';
      return (await lou.call('analytics.endPause', { pauseId })).pauses.map(({ from, to }) => ({ from, to }));
    };
    expect(await pause(0, -3)).toEqual([]);
    expect(await pause(-1, -3)).toEqual([]);
    expect(await pause(5, 2)).toEqual([]);
    expect(await pause(5, -3)).toEqual([{ from: day(5), to: day(1) }]);
    await expect(lou.call('analytics.endPause', { pauseId: lou.userId })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('have bounds', async () => {
    const tom = await newcomer('Tom');
    for (const goals of [
      { daily: 0, weekly: null },
      { daily: 101, weekly: null },
      { daily: 1, weekly: 501 },
    ]) {
      await expect(tom.call('analytics.setGoals', goals)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    await expect(tom.call('analytics.setDaysOff', { weekdays: [1, 2, 3, 4, 5, 6, 7] })).rejects.toMatchObject({
      code: 'invalid_input',
    });
    for (const pause of [
      { from: '2026-08-02', to: '2026-08-01' },
      { from: '2026-01-01', to: '2027-08-01' },
    ]) {
      await expect(tom.call('analytics.addPause', pause)).rejects.toMatchObject({ code: 'invalid_input' });
    }
    const pause = { from: '2026-08-01', to: '2026-08-01' };
    const added = await Promise.allSettled(Array.from({ length: 22 }, () => tom.call('analytics.addPause', pause)));
    expect(added.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
    expect((await read(tom)).preferences.pauses).toHaveLength(20);
  });
});

describe('what goes', () => {
  it('a completion that somebody else takes back', async () => {
    const { ann, ben } = office;
    const taskId = await office.task('Taken back');
    const before = (await read(ben)).dailyData[6]?.completed ?? 0;
    await ben.call('tasks.update', { taskId, status: 'completed' });
    expect((await read(ben)).dailyData[6]?.completed).toBe(before + 1);
    await ann.call('tasks.update', { taskId, status: 'todo' });
    expect((await read(ben)).dailyData[6]?.completed).toBe(before);
  });

  it('what is counted of an account, whose completions stay with the workspace', async () => {
    const eve = await newcomer('Eve');
    await complete(eve);
    await eve.call('analytics.setGoals', { daily: 1, weekly: null });
    await eve.call('users.delete', { password: eve.password });
    for (const table of ['completion_day', 'completion_calendar', 'task_count', 'analytics_preferences']) {
      expect([table, await row(`select 1 from ${table} where account_id = $1`, eve.userId)]).toEqual([table, []]);
    }
    expect(await row('select 1 from completion where account_id = $1', eve.userId)).toHaveLength(1);
  });

  it('a completion outlives its task and its workspace', async () => {
    const zoe = await newcomer('Zoe');
    const { id: workspaceId } = await zoe.call('workspaces.create', { name: 'Short-lived' });
    for (const title of ['First', 'Second']) {
      const { id: taskId } = await zoe.call('tasks.create', { title, workspaceId });
      await zoe.call('tasks.update', { taskId, status: 'completed' });
    }
    await zoe.call('workspaces.delete', { workspaceId });
    expect(await read(zoe)).toMatchObject({ totalTasks: 0, completedTasks: 0, streaks: { active: 1, longest: 1 } });
    expect(await row('select workspace_id from completion where account_id = $1', zoe.userId)).toEqual([
      { workspace_id: null },
      { workspace_id: null },
    ]);
  });
});
