import { totalAt } from '@atrium/protocol';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Person } from '../../../../test/app.ts';
import { markClockJump } from '../../time-entries/index.ts';
import { type Office, openOffice } from '../test/office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const HOUR = 3_600_000;

async function entriesOf(taskId: string) {
  return (await office.ann.call('timeEntries.list', { taskId })).items;
}

test('a timer starts, is active, stops, and its time is the total', async () => {
  const { ben, told } = office;
  const taskId = await office.task();
  const session = await ben.call('timers.start', { taskId });
  expect(session).toMatchObject({ taskId, userId: ben.userId, stoppedAt: null });
  expect((await office.ann.call('timers.active', { taskId })).items).toEqual([session]);
  expect((await ben.call('timers.mine', {})).items).toContainEqual(session);
  await office.age(taskId, 90_000);
  const stopped = await ben.call('timers.stop', { taskId });
  const ms = Date.parse(stopped.stoppedAt ?? '') - Date.parse(stopped.startedAt);
  expect(ms).toBeGreaterThanOrEqual(90_000);
  const total = await office.ann.call('timers.total', { taskId });
  expect(total).toMatchObject({ baseMs: ms, running: [], totalElapsedMs: ms });
  const [started, ended] = await told(taskId);
  expect(started).toMatchObject({
    type: 'timer:started',
    actorId: ben.userId,
    body: { session, timer: { baseMs: 0 } },
  });
  expect(ended).toMatchObject({
    type: 'timer:stopped',
    body: { session: stopped, reason: 'stopped', timer: { baseMs: ms, running: [] } },
  });
});

test('starting twice, and stopping a stopped timer, is refused without any effect', async () => {
  const { ben, told } = office;
  const taskId = await office.task();
  await expect(ben.call('timers.stop', { taskId })).rejects.toMatchObject({ code: 'timer_not_running', status: 409 });
  await ben.call('timers.start', { taskId });
  await expect(ben.call('timers.start', { taskId })).rejects.toMatchObject({ code: 'timer_running', status: 409 });
  await ben.call('timers.stop', { taskId });
  await expect(ben.call('timers.stop', { taskId })).rejects.toMatchObject({ code: 'timer_not_running' });
  expect(await told(taskId)).toHaveLength(2);
  expect(await entriesOf(taskId)).toHaveLength(1);
});

test('several people time one task, and one person several tasks', async () => {
  const { ann, ben } = office;
  const [one, other] = [await office.task('One thing'), await office.task('Another thing')];
  await ann.call('timers.start', { taskId: one });
  await ben.call('timers.start', { taskId: one });
  await ben.call('timers.start', { taskId: other });
  const { running, totalElapsedMs, serverNow } = await ann.call('timers.total', { taskId: one });
  expect(running.map(({ userId }) => userId)).toEqual([ann.userId, ben.userId]);
  expect(totalElapsedMs).toBe(totalAt({ baseMs: 0, running }, Date.parse(serverNow)));
  expect((await ben.call('timers.mine', {})).items.map(({ taskId }) => taskId)).toEqual([one, other]);
});

test('of twenty parallel starts one succeeds, and of twenty stops as well', async () => {
  const { ben, told } = office;
  const taskId = await office.task();
  const twenty = (name: 'timers.start' | 'timers.stop') =>
    Promise.allSettled(Array.from({ length: 20 }, () => ben.call(name, { taskId })));
  const codes = (results: PromiseSettledResult<unknown>[]) =>
    results.map((result) => (result.status === 'fulfilled' ? 'ok' : result.reason.code)).sort();
  expect(codes(await twenty('timers.start'))).toEqual(['ok', ...Array(19).fill('timer_running')]);
  expect(codes(await twenty('timers.stop'))).toEqual(['ok', ...Array(19).fill('timer_not_running')]);
  expect((await told(taskId)).map(({ type }) => type)).toEqual(['timer:started', 'timer:stopped']);
});

async function preferring(
  person: Person,
  preferences: Parameters<typeof office.ben.call<'users.updateMe'>>[1]['preferences'],
) {
  await person.call('users.updateMe', { preferences });
}

test('with one timer at a time, starting one stops the other at the same instant', async () => {
  const { ben, told } = office;
  await preferring(ben, { oneTimer: true });
  const tasks = [await office.task('First'), await office.task('Second'), await office.task('Third')];
  const [first = '', second = ''] = tasks;
  for (const { taskId } of (await ben.call('timers.mine', {})).items) await ben.call('timers.stop', { taskId });
  await ben.call('timers.start', { taskId: first });
  const session = await ben.call('timers.start', { taskId: second });
  const [, stopped] = await told(first);
  expect(stopped?.body).toMatchObject({ reason: 'one_timer', session: { stoppedAt: session.startedAt } });

  await Promise.allSettled(
    tasks.flatMap((taskId) => [taskId, taskId, taskId]).map((taskId) => ben.call('timers.start', { taskId })),
  );
  expect((await ben.call('timers.mine', {})).items).toHaveLength(1);
  const spans = (await Promise.all(tasks.map(entriesOf)))
    .flat()
    .filter(({ userId }) => userId === ben.userId)
    .map(({ startedAt, stoppedAt }) => [Date.parse(startedAt), Date.parse(stoppedAt ?? '9999-01-01')])
    .sort(([one = 0], [other = 0]) => one - other);
  for (const [at, span] of spans.slice(1).entries()) expect(span[0]).toBeGreaterThanOrEqual(spans[at]?.[1] ?? 0);
  await preferring(ben, { oneTimer: false });
});

test('an outdated client cannot stop a newer timer', async () => {
  const { ben } = office;
  const taskId = await office.task();
  const { id: stale } = await ben.call('timers.start', { taskId });
  await ben.call('timers.stop', { taskId });
  const { id: fresh } = await ben.call('timers.start', { taskId });
  await expect(ben.call('timers.stop', { taskId, entryId: stale })).rejects.toMatchObject({
    code: 'timer_not_running',
  });
  expect((await ben.call('timers.active', { taskId })).items.map(({ id }) => id)).toEqual([fresh]);
  await ben.call('timers.stop', { taskId, entryId: fresh });
});

test('managers of the task can stop all of its timers', async () => {
  const { ann, ben, told } = office;
  const taskId = await office.task();
  for (const person of [ann, ben]) await person.call('timers.start', { taskId });
  await expect(ben.call('timers.forceStopAll', { taskId })).rejects.toMatchObject({ code: 'forbidden' });
  const { items } = await ann.call('timers.forceStopAll', { taskId });
  expect(items.map(({ userId }) => userId)).toEqual([ann.userId, ben.userId]);
  expect(items.every(({ stoppedAt }) => stoppedAt !== null)).toBe(true);
  const all = await told(taskId);
  expect(all.at(-1)).toMatchObject({ type: 'timer:allStopped', body: { sessions: items, reason: 'forced' } });
  const { baseMs } = await ann.call('timers.total', { taskId });
  const sum = items.reduce((ms, each) => ms + Date.parse(each.stoppedAt ?? '') - Date.parse(each.startedAt), 0);
  expect(baseMs).toBe(sum);
  expect((await ann.call('timers.forceStopAll', { taskId })).items).toEqual([]);
  expect(await told(taskId)).toHaveLength(all.length);
});

test('customers and non-members cannot track time', async () => {
  const { ann, ben, gus, kim } = office;
  const taskId = await office.task('For all', { memberIds: [kim.userId] });
  await expect(kim.call('timers.start', { taskId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(ben.call('timers.start', { taskId })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(gus.call('timers.start', { taskId })).rejects.toMatchObject({ code: 'not_found' });
  const stranger = await office.app.person('Zed');
  await expect(stranger.call('timers.total', { taskId })).rejects.toMatchObject({ code: 'not_found' });
  expect((await ann.call('timers.active', { taskId })).items).toEqual([]);
});

test('removing a member stops their timer, and no other', async () => {
  const { ann, ben, told } = office;
  const taskId = await office.task();
  for (const person of [ann, ben]) await person.call('timers.start', { taskId });
  await ann.call('tasks.removeMember', { taskId, userId: ben.userId });
  expect((await ann.call('timers.active', { taskId })).items.map(({ userId }) => userId)).toEqual([ann.userId]);
  expect((await told(taskId)).at(-1)).toMatchObject({ type: 'timer:stopped', body: { reason: 'member_removed' } });
});

test('timers of a member who becomes a customer of the workspace stop, and they cannot track time', async () => {
  const { ann, told, workspaceId } = office;
  const dan = await office.app.person('Dan');
  const { code } = await ann.call('workspaces.rotateJoinCode', { workspaceId, role: 'member' });
  await dan.call('workspaces.join', { code });
  const taskId = await office.task('Dig', { memberIds: [dan.userId] });
  for (const person of [ann, dan]) await person.call('timers.start', { taskId });
  await ann.call('members.update', { workspaceId, userId: dan.userId, role: 'guest' });
  expect((await ann.call('timers.active', { taskId })).items).toHaveLength(2);
  await ann.call('members.update', { workspaceId, userId: dan.userId, role: 'customer' });
  expect((await ann.call('timers.active', { taskId })).items.map(({ userId }) => userId)).toEqual([ann.userId]);
  const stopped = { type: 'timer:stopped', body: { reason: 'role_changed', session: { userId: dan.userId } } };
  expect((await told(taskId)).at(-1)).toMatchObject(stopped);
});

test.each([
  {
    reason: 'task_completed',
    act: (taskId: string) => office.ann.call('tasks.update', { taskId, status: 'completed' }),
  },
  { reason: 'task_deleted', act: (taskId: string) => office.ann.call('tasks.delete', { taskId }) },
] as const)('timers stop: $reason', async ({ act, reason }) => {
  const { ann, ben, told } = office;
  const taskId = await office.task();
  for (const person of [ann, ben]) await person.call('timers.start', { taskId });
  await office.age(taskId, HOUR);
  await act(taskId);
  expect((await told(taskId)).slice(2).map(({ type, body }) => [type, body.reason])).toEqual([
    ['timer:stopped', reason],
    ['timer:stopped', reason],
  ]);
  expect((await ben.call('timers.mine', {})).items.filter((each) => each.taskId === taskId)).toEqual([]);
  if (reason === 'task_deleted') {
    await expect(ben.call('timers.start', { taskId })).rejects.toMatchObject({ code: 'not_found' });
    await ann.call('tasks.restore', { taskId });
    expect((await ann.call('timers.total', { taskId })).baseMs).toBeGreaterThanOrEqual(2 * HOUR);
  } else {
    await expect(ben.call('timers.start', { taskId })).rejects.toMatchObject({ code: 'conflict' });
  }
});

test('F37 a clock that was set back while a timer ran causes no negative time, and the entry is flagged', async () => {
  const { ben } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  await office.age(taskId, -HOUR);
  const { rows } = await office.app.database.pool.query(
    'select clock_timestamp() < started_at as is_before from time_entry where task_id = $1',
    [taskId],
  );
  expect(rows, 'twin: who only subtracts gets a negative time').toEqual([{ is_before: true }]);
  await ben.call('timers.stop', { taskId });
  expect(await entriesOf(taskId)).toMatchObject([{ durationMs: 0, review: true }]);
});

test.each([
  { it: 'ahead', byMs: HOUR },
  { it: 'back', byMs: -HOUR },
])('F37 timers that ran while the clock of the database was set $it are flagged, and no others', async ({ byMs }) => {
  const { app, ben } = office;
  const [before, after] = [await office.task('Before'), await office.task('After')];
  for (const taskId of [before, after]) await ben.call('timers.start', { taskId });
  // By the current clock, they began two hours ago, and an hour and a half ago.
  await office.age(before, byMs > 0 ? 2 * HOUR : 1.5 * HOUR);
  await markClockJump(app.database.db, { byMs, agoMs: 10_000 });
  // Another node has detected it as well.
  await markClockJump(app.database.db, { byMs, agoMs: 10_000 });
  for (const taskId of [before, after]) await ben.call('timers.stop', { taskId });
  expect(await entriesOf(before)).toMatchObject([{ review: true }]);
  expect(await entriesOf(after)).toMatchObject([{ review: false }]);
});

test('F37 the clock of the node does not affect time', async () => {
  const { ben } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  const began = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR });
  onTestFinished(() => void vi.useRealTimers());
  const { baseMs, running, serverNow } = await ben.call('timers.total', { taskId });
  expect(baseMs + Date.parse(serverNow) - Date.parse(running[0]?.startedAt ?? '')).toBeLessThan(HOUR / 2);
  await ben.call('timers.stop', { taskId });
  const [entry] = await entriesOf(taskId);
  expect(entry).toMatchObject({ review: false });
  expect(entry?.durationMs).toBeLessThan(HOUR / 2);
  expect(Date.now() - began, 'twin: who goes by the clock of the node counts the hour').toBeGreaterThanOrEqual(HOUR);
});

test('the total of a task is in its state, also for people who join later', async () => {
  const { ann, gus } = office;
  const taskId = await office.task();
  await ann.call('timers.start', { taskId });
  await ann.call('tasks.addMember', { taskId, userId: gus.userId });
  const { timer } = await gus.call('tasks.get', { taskId });
  expect(timer.running.map(({ userId }) => userId)).toEqual([ann.userId]);
  const { tasks } = await gus.call('streams.snapshot', {});
  expect(tasks.find(({ id }) => id === taskId)?.timer).toEqual(timer);
});
