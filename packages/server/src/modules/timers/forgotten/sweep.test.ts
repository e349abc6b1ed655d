import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Office, openOffice } from '../test/office.ts';
import { LastActions } from './actions.ts';
import { sweepTimers } from './sweep.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const HOUR = 3_600_000;

function sweep(nowMs = Date.now()): Promise<void> {
  const { database, app } = office.app;
  return sweepTimers({ database, transact: app.transact, clock: { now: () => new Date(nowMs) } });
}

async function asked(userId: string) {
  return (await office.app.events(`user:${userId}`)).filter(({ type }) => type === 'timer:forgotten');
}

/** Sets the time of a user's last action. */
async function actedAt(userId: string, at: number): Promise<void> {
  const actions = new LastActions(office.app.database);
  await office.app.database.pool.query('delete from last_action where account_id = $1', [userId]);
  actions.note(userId, 'messages.send', new Date(at));
  await actions.save();
}

test('a timer that runs for over 8 hours triggers one question, and can be stopped at the last action', async () => {
  const { ann, ben } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  await office.age(taskId, 7 * HOUR);
  await sweep();
  expect(await asked(ben.userId)).toEqual([]);
  await office.age(taskId, 2 * HOUR);
  const lastAction = Date.now() - 6 * HOUR;
  await actedAt(ben.userId, lastAction);
  await sweep();
  await sweep();
  const questions = await asked(ben.userId);
  expect(questions).toMatchObject([{ body: { taskId, lastActionAt: new Date(lastAction).toISOString() } }]);
  const { timers } = await ben.call('streams.snapshot', {});
  expect(timers.forgotten).toEqual([questions[0]?.body]);
  const { stoppedAt } = await ben.call('timers.stop', { taskId, at: 'lastAction' });
  expect(stoppedAt).toBe(new Date(lastAction).toISOString());
  expect((await ann.call('timers.total', { taskId })).baseMs).toBeGreaterThanOrEqual(3 * HOUR - 60_000);
  expect((await ben.call('streams.snapshot', {})).timers.forgotten).toEqual([]);
});

test('the last action is a command of the person, not an automatic call of a client', async () => {
  const { ann, ben } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  await ben.call('timers.join', { taskId });
  await office.age(taskId, 9 * HOUR);
  await actedAt(ben.userId, Date.now() - 20 * HOUR);
  await sweep();
  expect(await asked(ben.userId)).toMatchObject([{ body: { lastActionAt: null } }]);
  const start = (await ann.call('timers.active', { taskId })).items[0]?.startedAt;
  const { stoppedAt } = await ben.call('timers.stop', { taskId, at: 'lastAction' });
  expect(stoppedAt).toBe(start);
});

test('a timer cannot be stopped at the last action before that was offered', async () => {
  const taskId = await office.task();
  await office.ben.call('timers.start', { taskId });
  await expect(office.ben.call('timers.stop', { taskId, at: 'lastAction' })).rejects.toMatchObject({
    code: 'conflict',
  });
});

test('the hours until the question are a preference', async () => {
  const { ann, ben } = office;
  const taskId = await office.task();
  await ben.call('users.updateMe', { preferences: { timerAskAfterHours: 2 } });
  await ann.call('users.updateMe', { preferences: { timerAskAfterHours: null } });
  for (const person of [ann, ben]) await person.call('timers.start', { taskId });
  await office.age(taskId, 3 * HOUR);
  await sweep();
  expect(await asked(ben.userId)).toHaveLength(1);
  expect(await asked(ann.userId)).toEqual([]);
});

/** A time zone where it is noon or a little later: some hours of the day are over, and some are left. */
function zoneAtNoon(): string {
  const ahead = new Date().getUTCHours() - 12;
  return ahead === 0 ? 'UTC' : `Etc/GMT${ahead > 0 ? '+' : '-'}${Math.abs(ahead)}`;
}

test('a daily cap stops the timers of that day at the instant when it was reached', async () => {
  const { ann, ben } = office;
  await ben.call('users.updateMe', { timezone: zoneAtNoon(), preferences: { timerDailyCapHours: 1 } });
  const [one, other] = [await office.task('One'), await office.task('Other')];
  for (const taskId of [one, other]) await ben.call('timers.start', { taskId });
  await ann.call('timers.start', { taskId: one });
  for (const taskId of [one, other]) await office.age(taskId, 45 * 60_000);
  await sweep();
  expect((await ben.call('timers.mine', {})).items).toEqual([]);
  expect((await ann.call('timers.mine', {})).items).toHaveLength(1);
  const entries = await Promise.all(
    [one, other].map((taskId) => ann.call('timeEntries.list', { taskId, userId: ben.userId })),
  );
  const worked = entries.flatMap(({ items }) => items).reduce((ms, { durationMs }) => ms + (durationMs ?? 0), 0);
  expect(Math.abs(worked - HOUR)).toBeLessThan(1_000);
});

test('no timer runs for longer than 31 days', async () => {
  const { ben } = office;
  const taskId = await office.task();
  await ben.call('timers.start', { taskId });
  await office.age(taskId, 32 * 24 * HOUR);
  await sweep();
  const { items } = await ben.call('timeEntries.list', { taskId });
  expect(items).toMatchObject([{ stopReason: 'too_long', durationMs: 31 * 24 * HOUR }]);
});
