import { afterEach, beforeEach, expect, test } from 'vitest';
import { sweepTimers } from '../forgotten/sweep.ts';
import { type Office, openOffice } from '../test/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const DAY = 86_400_000;
const today = (shift = 0) => new Date(Date.now() + shift * DAY).toISOString().slice(0, 10);
const utc = { timeZone: 'UTC' };

test('time cannot be entered, corrected or changed in a locked period, until it is unlocked', async () => {
  const { ann, ben, workspaceId } = office;
  const taskId = await office.task();
  const entry = { taskId, startedAt: '2026-03-31T21:00:00Z', stoppedAt: '2026-03-31T22:30:00Z', reason: 'x' };
  const { id: entryId } = await ben.call('timeEntries.add', entry);
  // March in Berlin ends at 22:00 UTC.
  const { id: lockId } = await ann.call('periodLocks.lock', {
    workspaceId,
    from: '2026-03-01',
    to: '2026-03-31',
    timeZone: 'Europe/Berlin',
  });
  const locked = { code: 'period_locked', status: 409 };
  await expect(ben.call('timeEntries.add', entry)).rejects.toMatchObject(locked);
  await expect(ben.call('timeEntries.correct', { entryId, deltaMs: 1, reason: 'x' })).rejects.toMatchObject(locked);
  await expect(ben.call('timeEntries.update', { entryId, note: 'x' })).rejects.toMatchObject(locked);
  await ben.call('timeEntries.add', { ...entry, startedAt: '2026-03-31T22:00:00Z' });
  expect((await ben.call('periodLocks.list', { workspaceId })).items.map(({ id }) => id)).toEqual([lockId]);
  await expect(ben.call('periodLocks.unlock', { workspaceId, lockId })).rejects.toMatchObject({ code: 'forbidden' });
  await ann.call('periodLocks.unlock', { workspaceId, lockId });
  await ben.call('timeEntries.correct', { entryId, deltaMs: 1, reason: 'x' });
  await expect(ann.call('periodLocks.unlock', { workspaceId, lockId })).rejects.toMatchObject({ code: 'not_found' });
});

test('a timer that runs across the end of a locked period is split there and continues', async () => {
  const { ann, ben, workspaceId } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  await office.age(taskId, 3 * DAY);
  const before = await ann.call('timers.total', { taskId });
  await ann.call('periodLocks.lock', { workspaceId, from: today(-2), to: today(-1), ...utc });
  const { items } = await ann.call('timeEntries.list', { taskId });
  expect(items.map(({ startedAt, stoppedAt }) => [startedAt, stoppedAt])).toEqual([
    [`${today()}T00:00:00.000Z`, null],
    [`${today(-2)}T00:00:00.000Z`, `${today()}T00:00:00.000Z`],
    [before.running[0]?.startedAt, `${today(-2)}T00:00:00.000Z`],
  ]);
  const after = await ann.call('timers.total', { taskId });
  const passed = Date.parse(after.serverNow) - Date.parse(before.serverNow);
  expect(after.totalElapsedMs).toBe(before.totalElapsedMs + passed);
  expect((await office.told(taskId)).at(-1)).toMatchObject({
    type: 'timer:corrected',
    body: { timer: { baseMs: after.baseMs, running: [{ startedAt: `${today()}T00:00:00.000Z` }] } },
  });
});

test('a forgotten timer cannot be stopped at a time in a locked period', async () => {
  const { ann, app, ben, workspaceId } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  await office.age(taskId, 3 * DAY);
  await sweepTimers({ database: app.database, transact: app.app.transact, clock: { now: () => new Date() } });
  expect((await ben.call('streams.snapshot', {})).timers.forgotten).toHaveLength(1);
  await ann.call('periodLocks.lock', { workspaceId, from: today(-4), to: today(-1), ...utc });
  const { items } = await ann.call('timeEntries.list', { taskId });
  await expect(ben.call('timers.stop', { taskId, at: 'lastAction' })).rejects.toMatchObject({ code: 'conflict' });
  expect((await ann.call('timeEntries.list', { taskId })).items).toEqual(items);
  expect((await ben.call('timers.stop', { taskId })).startedAt).toBe(`${today()}T00:00:00.000Z`);
});

test('timers stop when the current period is locked, and none can start in it', async () => {
  const { ann, ben, workspaceId } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  await ann.call('periodLocks.lock', { workspaceId, from: today(), to: today(1), ...utc });
  expect(await ben.call('timers.active', { taskId })).toMatchObject({ items: [] });
  await expect(ben.call('timers.start', { taskId })).rejects.toMatchObject({ code: 'period_locked' });
  const { items } = await ben.call('timeEntries.list', { taskId });
  expect(items).toMatchObject([{ stopReason: 'period_locked' }]);
});

test('a period that has not begun, ends before it begins or is out of range is refused', async () => {
  const { ann, ben, workspaceId } = office;
  const lock = (from: string, to: string) => ann.call('periodLocks.lock', { workspaceId, from, to, ...utc });
  const fault = (path: string) => ({ code: 'invalid_input', details: { errors: [expect.objectContaining({ path })] } });
  await expect(lock(today(2), today(3))).rejects.toMatchObject(fault('from'));
  await expect(lock('2026-03-02', '2026-03-01')).rejects.toMatchObject(fault('to'));
  await expect(lock('0001-01-01', '2026-03-01')).rejects.toMatchObject(fault('from'));
  await expect(lock('2026-02-30', '2026-03-01')).rejects.toMatchObject(fault('from'));
  const wanted = { workspaceId, from: '2026-03-01', to: '2026-03-31' };
  await expect(ben.call('periodLocks.lock', wanted)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(ann.call('periodLocks.lock', { ...wanted, timeZone: 'Mars/Base' })).rejects.toMatchObject(
    fault('timeZone'),
  );
});
